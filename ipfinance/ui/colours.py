"""The colours of the two themes, and how well they can be told apart."""

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "page": "#F3F5F8",
    "card": "#FFFFFF",
    "side": "#FFFFFF",
    "line": "#E2E6EC",
    "line_strong": "#CBD2DC",
    "header": "#F8F9FB",
    "zebra": "#FAFBFD",
    "hover": "#F1F4F9",
    "selected": "#DCE8FC",
    "tint": "#E9F0FD",
    "text": "#1B2433",
    "text_soft": "#5A6577",
    "text_weak": "#667085",
    "disabled": "#98A1B0",
    "disabled_ground": "#F1F3F6",
    "accent": "#2458C6",
    "accent_hover": "#1D4BAE",
    "accent_press": "#183F94",
    "accent_text": "#2458C6",
    "on_accent": "#FFFFFF",
    "danger": "#C8322B",
    "danger_hover": "#AD2822",
    "danger_text": "#C8322B",
    "danger_ground": "#FDF0EF",
    "warning": "#D9A441",
    "warning_text": "#8A5000",
    "warning_ground": "#FFF8EB",
    "ok": "#1B7A43",
    "ok_text": "#1B7A43",
    "ok_ground": "#E6F5EC",
    "neutral_text": "#5A6577",
    "neutral_ground": "#EDF0F4",
    "tip": "#1B2433",
    "on_tip": "#FFFFFF",
    "scroll": "#CBD2DC",
    "scroll_hover": "#A9B3C1",
}
DARK: Mapping[str, str] = {
    "page": "#14181F",
    "card": "#1C222C",
    "side": "#181D26",
    "line": "#2D3644",
    "line_strong": "#435066",
    "header": "#222936",
    "zebra": "#1F2631",
    "hover": "#252D3A",
    "selected": "#2B406B",
    "tint": "#22345A",
    "text": "#E6EAF1",
    "text_soft": "#A7B1C2",
    "text_weak": "#98A3B6",
    "disabled": "#5F6B7E",
    "disabled_ground": "#202733",
    "accent": "#5B8DEF",
    "accent_hover": "#76A1F3",
    "accent_press": "#8DB1F6",
    "accent_text": "#8DB2FA",
    "on_accent": "#0F1520",
    "danger": "#F0837B",
    "danger_hover": "#F49C95",
    "danger_text": "#F4938B",
    "danger_ground": "#3B2022",
    "warning": "#B98A35",
    "warning_text": "#F2B866",
    "warning_ground": "#3A2E18",
    "ok": "#6FD49A",
    "ok_text": "#6FD49A",
    "ok_ground": "#1B3527",
    "neutral_text": "#A7B1C2",
    "neutral_ground": "#2A3240",
    "tip": "#E6EAF1",
    "on_tip": "#14181F",
    "scroll": "#435066",
    "scroll_hover": "#5B6A84",
}
# Every pair of text and ground that is drawn; a test holds them all at 4.5 : 1 or better.
# Text on a disabled control is exempt by the same rule (WCAG 1.4.3) that asks for the 4.5.
TEXT_ON: tuple[tuple[str, str], ...] = (
    *(("text", ground) for ground in (
        "page", "card", "side", "header", "zebra", "hover", "selected", "tint",
        "danger_ground", "warning_ground",
    )),
    *(("text_soft", ground) for ground in (
        "page", "card", "side", "header", "zebra", "hover", "selected", "tint",
    )),
    *(("text_weak", ground) for ground in ("page", "card", "side")),
    *(("accent_text", ground) for ground in ("page", "card", "side", "hover", "tint", "selected")),
    *(("on_accent", ground) for ground in ("accent", "accent_hover", "accent_press")),
    *(("on_accent", ground) for ground in ("danger", "danger_hover")),
    *((f"{tone}_text", f"{tone}_ground") for tone in ("danger", "warning", "ok", "neutral")),
    ("danger_text", "card"),
    ("danger_text", "page"),
    ("warning_text", "card"),
    ("warning_text", "page"),
    ("ok_text", "card"),
    ("ok_text", "page"),
    ("on_tip", "tip"),
)  # fmt: skip


def contrast(one: str, other: str) -> float:
    """The contrast of two colours `#RRGGBB` by WCAG 2: from 1 (none) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(value: str) -> float:
    parts = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
