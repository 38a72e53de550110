"""The bridge carries what a desk says in weeks: some versions of PySide6 abort after a few hundred emits.

In a process of its own, since an abort takes its process along.
"""

import subprocess
import sys

EMITS = 20_000

PROGRAM = f"""
import sys, threading
from PySide6.QtCore import QCoreApplication, QObject, Slot
from station.session import Told
from ui.bridge import Bridge

class Receiver(QObject):
    def __init__(self):
        super().__init__()
        self.numbers, self.threads = [], set()

    @Slot(object)
    def take(self, told):
        self.numbers.append(told.params["number"])
        self.threads.add(threading.current_thread())
        if len(self.numbers) == {EMITS}:
            QCoreApplication.quit()

application = QCoreApplication([])
bridge, receiver = Bridge(), Receiver()
bridge.told.connect(receiver.take)

def emit():
    for number in range({EMITS}):
        bridge.post(Told("camera_failed", {{"number": number}}))

worker = threading.Thread(target=emit)
worker.start()
application.exec()
worker.join()
assert receiver.numbers == list(range({EMITS})), len(receiver.numbers)
assert receiver.threads == {{threading.main_thread()}}, receiver.threads
print("all arrived")
"""


def test_20_000_emits_of_a_worker_all_arrive_in_order_on_the_windows_thread() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120, check=False)
    assert (ended.returncode, ended.stdout) == (0, "all arrived\n"), ended.stderr
