"""Words of the settings page, (zh, en) each."""

WORDS: dict[str, tuple[str, str]] = {
    "settings_language": ("语言", "Language"),
    "settings_theme": ("画面", "Theme"),
    "theme_day": ("白天", "Day"),
    "theme_night": ("夜间", "Night"),
    "theme_contrast": ("高对比", "High contrast"),
    "settings_screen": ("屏幕", "Screen"),
    "settings_full": ("全屏 F11", "Full screen F11"),
    "settings_voice": ("语音", "Voice"),
    "settings_mute": ("静音", "Mute"),
    "settings_try_voice": ("试听", "Try it"),
    "settings_try_phrase": ("放行。语音正常。", "Pass. The voice works."),
    "settings_volume_step": ("音量 {step}，共 {of} 级", "Volume {step} of {of}"),
    "settings_muted": ("已静音：结论只显示，不播报", "Muted: verdicts are shown, not spoken"),
    "settings_voice_well": ("语音正常", "The voice works"),
    "settings_voice_starting": ("语音启动中…", "The voice is starting …"),
    "settings_voice_none": ("本次运行没有语音", "This run has no voice"),
    "settings_camera_stand_in": (
        "现在的画面不是摄像头的（演示或文件）；正式运行时在这里选摄像头",
        "These pictures are not a camera's (demo or files); with a camera, choose it here",
    ),
    "settings_camera_gone": (
        "选用的“{name}”没有接上：插好 USB 线后自动恢复，或点选另一台",
        "“{name}” is not plugged in: plug it in and it recovers, or choose another",
    ),
    "settings_troubles": ("需要处理", "To mend"),
    "settings_all_well": ("一切正常", "All is well"),
    "settings_not_read": (
        "上次的选择读不出，已改用默认值：{problem}",
        "What was chosen before cannot be read, defaults are used: {problem}",
    ),
    "settings_not_kept": (
        "您的选择只在本次有效，没有存下：{problem}",
        "Your choice counts for this run only and was not kept: {problem}",
    ),
    "settings_quit": ("退出查验台", "Quit the station"),
    "settings_quit_sure": ("确定退出？再按一次", "Sure? Press again to quit"),
}
