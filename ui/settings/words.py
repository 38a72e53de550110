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
    "settings_troubles": ("需要处理", "To mend"),
    "settings_all_well": ("一切正常", "All is well"),
    "settings_quit": ("退出查验台", "Quit the station"),
    "settings_quit_sure": ("确定退出？再按一次", "Sure? Press again to quit"),
}
