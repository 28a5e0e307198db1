// What the My digits tab is made of; what it does is in mydigitstab.cpp.
#include "ui/mydigits/labelfilter.h"
#include "ui/mydigits/mydigitsdelegate.h"
#include "ui/mydigits/mydigitsmodel.h"
#include "ui/mydigits/mydigitstab.h"
#include "ui/widgets/floatingmessage.h"
#include "ui/widgets/icons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QStyleOptionViewItem>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <initializer_list>
#include <iterator>

namespace digitpad {

namespace {

QPushButton* makeButton(const char* name, const QString& text, const QString& tip, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setObjectName(QLatin1String(name));
    button->setToolTip(tip);
    return button;
}

QLabel* makeLabel(const char* name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    return label;
}

QToolButton* makeToolButton(QAction* action, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    return button;
}

QHBoxLayout* centred(std::initializer_list<QWidget*> widgets)
{
    auto* layout = new QHBoxLayout;
    layout->addStretch(1);
    for (QWidget* widget : widgets) {
        layout->addWidget(widget);
    }
    layout->addStretch(1);
    return layout;
}

QString withKeys(const QString& tip, const QAction& action)
{
    return MyDigitsTab::tr("%1 (%2)", "tooltip (shortcut)")
        .arg(tip, action.shortcut().toString(QKeySequence::NativeText));
}

} // namespace

void MyDigitsTab::layOut()
{
    makeActions();
    makeView();
    auto* head = makeHead();
    m_foot = makeFoot();
    m_pages->addWidget(m_view);
    m_pages->addWidget(makeEmptyPage());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(8);
    layout->addWidget(head);
    layout->addWidget(m_filter);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_foot);
    setFocusProxy(m_view);
    orderTabs();
    m_message->setMargins(14, 12 + m_foot->sizeHint().height() + 16);
}

/// As the eye goes: the head, the filter, the grid or what stands in for it, the foot.
void MyDigitsTab::orderTabs()
{
    QList<QWidget*> order{m_import, m_export, m_learn};
    const auto add = [&order](const auto& widgets) {
        std::copy(widgets.begin(), widgets.end(), std::back_inserter(order));
    };
    add(m_filter->findChildren<QToolButton*>());
    add(QList<QWidget*>{m_view, m_emptyDraw, m_emptyImport, m_tryAgain});
    add(m_foot->findChildren<QToolButton*>());
    for (qsizetype i = 1; i < order.size(); ++i) {
        setTabOrder(order[i - 1], order[i]);
    }
}

QWidget* MyDigitsTab::makeHead()
{
    auto* head = new QWidget(this);
    m_summary = makeLabel("summary", head);
    m_summary->setMinimumWidth(1); // Text must not keep the window from shrinking.
    m_import = makeButton("import", tr("&Import…"), tr("Add the digits of a collection in JSON Lines"), head);
    m_import->setIcon(icon(Icon::Open));
    m_export = makeButton("export", tr("&Export…"), {}, head);
    m_export->setIcon(icon(Icon::Save));
    m_learn = makeButton(
        "learn", tr("&Learn My Hand…"),
        tr("Train a copy of the model in use on your digits, so that it reads your hand better"), head);
    m_learn->hide();
    connect(m_import, &QPushButton::clicked, this, &MyDigitsTab::chooseImport);
    connect(m_export, &QPushButton::clicked, this, &MyDigitsTab::chooseExport);
    connect(m_learn, &QPushButton::clicked, this, &MyDigitsTab::learnRequested);

    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_summary, 1);
    layout->addWidget(m_import);
    layout->addWidget(m_export);
    layout->addWidget(m_learn);
    return head;
}

void MyDigitsTab::makeView()
{
    m_view->setObjectName(QStringLiteral("digits"));
    m_view->setAccessibleName(tr("My digits"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new MyDigitsDelegate(m_model, this));
    // Not the icon mode, whose items can be anywhere: rows of equal cells are laid out in no time.
    m_view->setViewMode(QListView::ListMode);
    m_view->setFlow(QListView::LeftToRight);
    m_view->setWrapping(true);
    m_view->setResizeMode(QListView::Adjust);
    m_view->setUniformItemSizes(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setSelectionRectVisible(true);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setMouseTracking(true);
    m_view->viewport()->setAttribute(Qt::WA_Hover);
    m_view->viewport()->installEventFilter(this);
    fitCells();
}

/// Cells grow with the font and share the width; the scroll bar steps by a third of one.
void MyDigitsTab::fitCells()
{
    QStyleOptionViewItem option;
    option.fontMetrics = m_view->fontMetrics();
    QSize cell = m_view->itemDelegate()->sizeHint(option, {});
    const int width = m_view->viewport()->width() - 1; // Cells that fill the row to its end would wrap.
    cell.setWidth(std::max(cell.width(), width / std::max(1, width / cell.width())));
    if (m_view->gridSize() != cell) {
        m_view->setGridSize(cell);
    }
    m_view->verticalScrollBar()->setSingleStep(cell.height() / 3);
}

QWidget* MyDigitsTab::makeEmptyPage()
{
    auto* page = new QWidget(this);
    m_emptyTitle = makeLabel("emptyTitle", page);
    QFont font = m_emptyTitle->font();
    font.setPointSizeF(font.pointSizeF() * 1.35);
    font.setBold(true);
    m_emptyTitle->setFont(font);
    m_emptyText = makeLabel("emptyText", page);
    m_emptyText->setWordWrap(true);
    m_emptyText->setAlignment(Qt::AlignHCenter);
    m_emptyText->setFixedWidth(fontMetrics().averageCharWidth() * 62);
    m_emptyDraw = makeButton("emptyDraw", tr("Draw a Digit"), tr("Go to the Draw tab"), page);
    m_emptyImport = makeButton("emptyImport", tr("Import a Collection…"), m_import->toolTip(), page);
    m_tryAgain = makeButton("tryAgain", tr("Try Again"), tr("Read the file again"), page);
    connect(m_emptyDraw, &QPushButton::clicked, this, &MyDigitsTab::drawRequested);
    connect(m_emptyImport, &QPushButton::clicked, this, &MyDigitsTab::chooseImport);
    connect(m_tryAgain, &QPushButton::clicked, m_digits, &MyDigits::retry);

    auto* layout = new QVBoxLayout(page);
    layout->setSpacing(10);
    layout->addStretch(2);
    layout->addWidget(m_emptyTitle, 0, Qt::AlignHCenter);
    layout->addLayout(centred({m_emptyText})); // An alignment would give a wrapped text one line.
    layout->addSpacing(6);
    layout->addLayout(centred({m_emptyDraw, m_emptyImport, m_tryAgain}));
    layout->addStretch(3);
    return page;
}

QWidget* MyDigitsTab::makeFoot()
{
    auto* foot = new QWidget(this);
    m_selectionText = makeLabel("selectionText", foot);
    m_selectionText->setMinimumWidth(1);
    auto* undoButton = makeToolButton(m_undo, foot);
    auto* openButton = makeToolButton(m_open, foot);
    m_relabel = new QToolButton(foot);
    m_relabel->setObjectName(QStringLiteral("relabel"));
    m_relabel->setText(tr("That Was a…"));
    m_relabel->setToolTip(tr("Give the selected drawings another label (keys 0 to 9)"));
    m_relabel->setPopupMode(QToolButton::InstantPopup);
    m_relabel->setMenu(m_relabelMenu);

    auto* layout = new QHBoxLayout(foot);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_selectionText, 1);
    layout->addWidget(undoButton);
    layout->addWidget(openButton);
    layout->addWidget(m_relabel);
    layout->addWidget(makeToolButton(m_remove, foot));
    return foot;
}

QAction* MyDigitsTab::makeAction(const char* name, const QString& text, const QKeySequence& shortcut)
{
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(action);
    return action;
}

void MyDigitsTab::makeActions()
{
    m_relabelMenu = new QMenu(tr("That Was a…"), this);
    for (int digit = 0; digit < digitClasses; ++digit) {
        const QByteArray name = "label" + QByteArray::number(digit);
        QAction* action =
            makeAction(name.constData(), QStringLiteral("&%1").arg(digit), QKeySequence(Qt::Key_0 + digit));
        connect(action, &QAction::triggered, this, [this, digit] { relabelSelected(digit); });
        m_relabelMenu->addAction(action);
        m_labelActions[static_cast<std::size_t>(digit)] = action;
    }
    m_undo = makeAction("undoDigits", tr("Undo"), QKeySequence(Qt::CTRL | Qt::Key_Z));
    m_open = makeAction("openDigit", tr("Open on the Pad"), QKeySequence(Qt::Key_Return));
    m_open->setShortcuts({Qt::Key_Return, Qt::Key_Enter});
    m_open->setToolTip(withKeys(tr("Puts the drawing on the pad; a double click does the same"), *m_open));
    m_remove = makeAction("removeDigits", tr("Delete"), QKeySequence(Qt::Key_Delete));
    m_remove->setToolTip(withKeys(tr("Deletes the selected drawings from My digits"), *m_remove));
    connect(m_undo, &QAction::triggered, this, &MyDigitsTab::undo);
    connect(m_open, &QAction::triggered, this, &MyDigitsTab::openCurrent);
    connect(m_remove, &QAction::triggered, this, &MyDigitsTab::removeSelected);
}

} // namespace digitpad
