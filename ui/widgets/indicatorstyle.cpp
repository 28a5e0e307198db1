#include "ui/widgets/indicatorstyle.h"

#include "ui/widgets/tones.h"

#include <QApplication>
#include <QProxyStyle>
#include <QStyleOption>

namespace digitpad {

namespace {

/// Of the text in the ground: at least 3 : 1 to either on the usual palettes, and quieter than words.
constexpr double outlinePart = 0.55;
/// What Fusion makes of the window's colour is lighter than that by this, in percent.
constexpr int fusionDarkens = 128;

/// Of the highlight in a button that is down, and how like the window a button must be to need that.
constexpr double downPart = 0.45;
constexpr double hardlySeen = 1.25; // : 1

QPalette withOutline(QPalette colors)
{
    colors.setColor(QPalette::Window,
                    mixed(colors.color(QPalette::WindowText), colors.color(QPalette::Window), outlinePart)
                        .lighter(fusionDarkens));
    return colors;
}

QPalette withDownColor(QPalette colors)
{
    const QColor button = colors.color(QPalette::Button);
    if (contrast(button, colors.color(QPalette::Window)) < hardlySeen) {
        colors.setColor(QPalette::Button, mixed(colors.color(QPalette::Highlight), button, downPart));
    }
    return colors;
}

class IndicatorStyle : public QProxyStyle
{
public:
    using QProxyStyle::QProxyStyle;

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override
    {
        const bool indicator = element == PE_IndicatorCheckBox || element == PE_IndicatorRadioButton;
        const bool down = option->state.testFlag(State_On) &&
                          (element == PE_PanelButtonTool || element == PE_PanelButtonCommand);
        if (!isDark(option->palette) || (!indicator && !down)) {
            QProxyStyle::drawPrimitive(element, option, painter, widget);
            return;
        }
        const QPalette colors = indicator ? withOutline(option->palette) : withDownColor(option->palette);
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            QStyleOptionButton visible(*button);
            visible.palette = colors;
            QProxyStyle::drawPrimitive(element, &visible, painter, widget);
        } else {
            QStyleOption visible(*option);
            visible.palette = colors;
            QProxyStyle::drawPrimitive(element, &visible, painter, widget);
        }
    }
};

} // namespace

void useVisibleIndicators()
{
    const QString fusion = QStringLiteral("fusion");
    if (QApplication::style()->name().compare(fusion, Qt::CaseInsensitive) == 0) {
        QApplication::setStyle(new IndicatorStyle(fusion));
    }
}

} // namespace digitpad
