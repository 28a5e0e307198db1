#include "ui/gallery/pageactions.h"

#include <QAction>
#include <QByteArray>
#include <QCoreApplication>
#include <QGridLayout>
#include <QMenu>
#include <QToolButton>

namespace digitpad {

namespace {

struct PageActions
{
    Q_DECLARE_TR_FUNCTIONS(PageActions)
};

} // namespace

QAction* addPageAction(QWidget* page, const char* name, const QString& text, const QString& tip,
                       const QKeySequence& keys)
{
    auto* action = new QAction(text, page);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    const QString shown = keys.toString(QKeySequence::NativeText);
    action->setToolTip(shown.isEmpty() ? tip
                                       : PageActions::tr("%1 (%2)", "tooltip (shortcut)").arg(tip, shown));
    page->addAction(action);
    return action;
}

void RelabelActions::setEnabled(bool on) const
{
    menu->setEnabled(on);
    for (QAction* digit : digits) {
        digit->setEnabled(on);
    }
}

RelabelActions addRelabelActions(QWidget* page, const char* name, const char* digitName,
                                 const std::function<void(int)>& relabel)
{
    RelabelActions actions;
    actions.menu = addPageAction(page, name, PageActions::tr("That Was a…"), {}, {});
    auto* menu = new QMenu(page);
    for (int digit = 0; digit < digitClasses; ++digit) {
        const QByteArray digitsName = digitName + QByteArray::number(digit);
        QAction* action = addPageAction(page, digitsName.constData(), QStringLiteral("&%1").arg(digit), {},
                                        QKeySequence(Qt::Key_0 + digit));
        QObject::connect(action, &QAction::triggered, page, [relabel, digit] { relabel(digit); });
        menu->addAction(action);
        actions.digits[static_cast<std::size_t>(digit)] = action;
    }
    actions.menu->setMenu(menu);
    return actions;
}

QGridLayout* makeActionButtons(const QList<QAction*>& actions, QWidget* parent)
{
    auto* buttons = new QGridLayout;
    buttons->setSpacing(4);
    for (int i = 0; i < actions.size(); ++i) {
        auto* button = new QToolButton(parent);
        button->setDefaultAction(actions[i]);
        button->setObjectName(actions[i]->objectName() + QStringLiteral("Button"));
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        if (actions[i]->menu() != nullptr) {
            button->setPopupMode(QToolButton::InstantPopup);
        }
        buttons->addWidget(button, i / 2, i % 2);
    }
    return buttons;
}

QToolButton* makeZoomButton(const char* name, const QString& text, const QString& tip, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setObjectName(QLatin1String(name));
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    return button;
}

} // namespace digitpad
