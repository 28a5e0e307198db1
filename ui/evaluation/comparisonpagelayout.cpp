// What the page that compares models is made of; what it does is in comparisonpage.cpp.
#include "ui/evaluation/comparisonpage.h"
#include "ui/evaluation/pairitems.h"
#include "ui/gallery/imagegallery.h"
#include "ui/training/formfield.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace digitpad {

namespace {

QLabel* makeHeading(const QString& text, QWidget* parent)
{
    auto* head = new QLabel(text, parent);
    QFont font = head->font();
    font.setBold(true);
    head->setFont(font);
    return head;
}

} // namespace

QWidget* ComparisonPage::makeFigures()
{
    auto* side = new QWidget(this);
    m_table = new QTableWidget(side);
    m_table->setObjectName(QStringLiteral("comparisonTable"));
    m_table->setAccessibleName(tr("Figures of the models"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setMinimumWidth(370);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setMinimumSectionSize(124);
    m_table->verticalHeader()->setHighlightSections(false);
    m_table->verticalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    m_table->installEventFilter(this);
    auto* note =
        new NoteLabel(tr("The best of a row is marked. Delete removes the column with the keyboard."), side);
    note->setWordWrap(true);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(makeHeading(tr("Figures"), side));
    layout->addWidget(m_table, 1);
    layout->addWidget(note);
    return side;
}

QComboBox* ComparisonPage::makePairBox(const char* name, const QString& tip, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setObjectName(QLatin1String(name));
    box->setToolTip(tip);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(10);
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    return box;
}

QWidget* ComparisonPage::makePair()
{
    m_pair = new QWidget(this);
    m_firstBox = makePairBox("firstModel", tr("The first model of the pair"), m_pair);
    m_secondBox = makePairBox("secondModel", tr("The second model of the pair"), m_pair);
    auto* first = new QLabel(tr("&A"), m_pair);
    first->setBuddy(m_firstBox);
    auto* second = new QLabel(tr("&B"), m_pair);
    second->setBuddy(m_secondBox);
    auto* boxes = new QHBoxLayout;
    boxes->addWidget(first);
    boxes->addWidget(m_firstBox, 1);
    boxes->addSpacing(8);
    boxes->addWidget(second);
    boxes->addWidget(m_secondBox, 1);

    m_verdict = new QLabel(m_pair);
    m_verdict->setObjectName(QStringLiteral("comparisonVerdict"));
    m_verdict->setTextFormat(Qt::PlainText);
    m_verdict->setWordWrap(true);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);

    m_filter = new QComboBox(m_pair);
    m_filter->setObjectName(QStringLiteral("pairFilter"));
    m_filter->setToolTip(tr("Which of the images to show that the two guess differently"));
    m_filter->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto* show = new QLabel(tr("Sho&w"), m_pair);
    show->setBuddy(m_filter);
    m_toPad = new QAction(tr("To the Pad"), this);
    m_toPad->setObjectName(QStringLiteral("differenceToPad"));
    m_toPad->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_D));
    m_toPad->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_toPad->setToolTip(tr("Puts the image on the pad, where it is read (Ctrl+D, or Return)"));
    addAction(m_toPad);
    auto* toPad = new QToolButton(m_pair);
    toPad->setDefaultAction(m_toPad);
    auto* row = new QHBoxLayout;
    row->addWidget(show);
    row->addWidget(m_filter);
    row->addStretch(1);
    row->addWidget(toPad);

    m_gallery = new ImageGallery(m_pair);
    m_gallery->setObjectName(QStringLiteral("pairGallery"));
    m_gallery->setAccessibleName(tr("Images that the two models guess differently"));
    m_gallery->setItems(m_items);
    m_gallery->setZoom(3);
    m_current = new NoteLabel({}, m_pair);
    m_current->setObjectName(QStringLiteral("currentDifference"));
    m_current->setWordWrap(false);
    m_current->setMinimumWidth(1);

    auto* layout = new QVBoxLayout(m_pair);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(makeHeading(tr("Do two of them differ?"), m_pair));
    layout->addLayout(boxes);
    layout->addWidget(m_verdict);
    layout->addLayout(row);
    layout->addWidget(m_gallery, 1);
    layout->addWidget(m_current);
    return m_pair;
}

QWidget* ComparisonPage::makeBody()
{
    auto* body = new QSplitter(Qt::Horizontal, this);
    body->setChildrenCollapsible(false);
    body->setHandleWidth(20);
    body->addWidget(makeFigures());
    auto* right = new QWidget(this);
    m_alone = new NoteLabel(
        tr("There is nothing to compare with yet. Evaluate another model on the same images; it comes here."),
        right);
    m_alone->setObjectName(QStringLiteral("comparisonAlone"));
    m_alone->setWordWrap(true);
    m_alone->setAlignment(Qt::AlignCenter);
    auto* layout = new QVBoxLayout(right);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makePair(), 1);
    layout->addWidget(m_alone, 1);
    body->addWidget(right);
    body->setStretchFactor(1, 1);
    body->setSizes({400, 500});
    return body;
}

} // namespace digitpad
