#include "ui/evaluation/readingspage.h"

#include "ui/data/datatext.h"
#include "ui/data/samplewindow.h"
#include "ui/evaluation/readingdetail.h"
#include "ui/gallery/imagegallery.h"
#include "ui/training/trainingtext.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace digitpad {

ReadingsPage::ReadingsPage(QWidget* parent)
    : QWidget(parent)
    , m_items(new ReadingItems(this))
    , m_gallery(new ImageGallery(this))
{
    setObjectName(QStringLiteral("readingsPage"));
    m_gallery->setObjectName(QStringLiteral("readingsGallery"));
    m_gallery->setAccessibleName(tr("Images that were read"));
    m_gallery->setItems(m_items);
    makeActions();
    m_detail = new ReadingDetail(m_items, {m_open, m_pad, m_copy, m_relabel.menu}, this);
    auto* body = new QHBoxLayout;
    body->setSpacing(12);
    body->addWidget(m_gallery, 1);
    body->addWidget(m_detail);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(makeHead());
    layout->addLayout(body, 1);
    setFocusProxy(m_gallery);
    connectParts();
    fillFilters();
    setEditable(tr("There is no evaluation."));
    setUndo({});
}

ReadingsPage::~ReadingsPage()
{
    m_gallery->disconnect(this); // It notices that the items go, when this is hardly there any more.
}

void ReadingsPage::makeActions()
{
    m_open = addPageAction(this, "enlargeReading", tr("Enlarge"),
                           tr("Shows the image with the value of each pixel (Return)"), {});
    m_pad =
        addPageAction(this, "readingToPad", tr("To the Pad"),
                      tr("Puts the image on the pad, where it is read"), QKeySequence(Qt::CTRL | Qt::Key_D));
    m_copy = addPageAction(this, "copyReading", tr("Copy"), tr("Copies the image as a picture"),
                           QKeySequence::Copy);
    m_relabel = addRelabelActions(this, "relabelReadings", "readingWas",
                                  [this](int digit) { Q_EMIT relabelRequested(digit); });
    m_undo = addPageAction(this, "undoReading", tr("Undo"), {}, QKeySequence(Qt::CTRL | Qt::Key_Z));
    connect(m_open, &QAction::triggered, this, [this] { openLarge(m_gallery->current()); });
    connect(m_pad, &QAction::triggered, this,
            [this] { Q_EMIT padRequested(m_items->imageAt(m_gallery->current())); });
    connect(m_copy, &QAction::triggered, this,
            [this] { Q_EMIT copyRequested(m_items->imageAt(m_gallery->current())); });
    connect(m_undo, &QAction::triggered, this, &ReadingsPage::undoRequested);
}

QWidget* ReadingsPage::makeHead()
{
    auto* head = new QWidget(this);
    m_filter = new QComboBox(head);
    m_filter->setObjectName(QStringLiteral("readingsFilter"));
    m_filter->setToolTip(tr("Which images to show"));
    m_filter->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_order = new QComboBox(head);
    m_order->setObjectName(QStringLiteral("readingsOrder"));
    m_order->setToolTip(tr("What to sort the images by"));
    m_order->addItems({tr("Most confident first"), tr("Least confident first"), tr("Index")});
    m_smaller = makeZoomButton("readingsSmaller", QStringLiteral("−"), tr("Smaller (Ctrl+−)"), head);
    m_larger = makeZoomButton("readingsLarger", QStringLiteral("+"), tr("Larger (Ctrl++)"), head);
    m_count = new QLabel(head);
    m_count->setObjectName(QStringLiteral("readingsCount"));
    m_count->setMinimumWidth(1);
    auto* show = new QLabel(tr("Sho&w"), head);
    show->setBuddy(m_filter);
    auto* sort = new QLabel(tr("Sort &by"), head);
    sort->setBuddy(m_order);
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(show);
    layout->addWidget(m_filter);
    layout->addSpacing(8);
    layout->addWidget(sort);
    layout->addWidget(m_order);
    layout->addSpacing(8);
    layout->addWidget(m_count, 1);
    layout->addWidget(m_smaller);
    layout->addWidget(m_larger);
    return head;
}

void ReadingsPage::connectParts()
{
    connect(m_filter, &QComboBox::activated, this, [this](int index) {
        const ReadingItems::Filter chosen = m_filters[static_cast<std::size_t>(index)];
        setFilter(chosen);
    });
    connect(m_order, &QComboBox::activated, this,
            [this](int index) { m_items->setOrder(static_cast<ReadingItems::Order>(index)); });
    connect(m_smaller, &QToolButton::clicked, this, [this] { m_gallery->setZoom(m_gallery->zoom() - 1); });
    connect(m_larger, &QToolButton::clicked, this, [this] { m_gallery->setZoom(m_gallery->zoom() + 1); });
    connect(m_gallery, &ImageGallery::zoomChanged, this, [this](int zoom) {
        m_smaller->setEnabled(zoom > 0);
        m_larger->setEnabled(zoom + 1 < static_cast<int>(ImageGallery::zoomSides().size()));
    });
    connect(m_gallery, &ImageGallery::currentChanged, this, &ReadingsPage::onSelection);
    connect(m_gallery, &ImageGallery::selectionChanged, this, &ReadingsPage::onSelection);
    connect(m_gallery, &ImageGallery::activated, this, &ReadingsPage::openLarge);
    connect(m_gallery, &ImageGallery::menuRequested, this, [this](int, QPoint place) { showMenu(place); });
    connect(m_items, &GalleryItems::reset, this, &ReadingsPage::onSelection);
}

/// The kinds that there can be, and the one cell or digit that the person came from.
void ReadingsPage::fillFilters()
{
    using Kind = ReadingItems::Kind;
    m_filters.clear();
    m_filter->clear();
    const auto add = [this](const QString& text, const ReadingItems::Filter& filter) {
        m_filters.push_back(filter);
        m_filter->addItem(tr("%1 (%2)").arg(text, countText(m_items->countOf(filter))));
    };
    const bool hasOthers = m_items->evaluation() != nullptr && m_items->evaluation()->figures.noDigits > 0;
    add(tr("Misread digits"), {Kind::Misread, -1, -1});
    add(tr("Digits turned away"), {Kind::TurnedAway, -1, -1});
    if (hasOthers) {
        add(tr("Non-digits let through"), {Kind::LetThrough, -1, -1});
    }
    add(tr("All images"), {Kind::All, -1, -1});
    const ReadingItems::Filter now = m_items->filter();
    if (std::find(m_filters.begin(), m_filters.end(), now) == m_filters.end()) {
        if (now.kind == Kind::LetThrough) {
            m_items->setFilter({});
        } else if (now.kind == Kind::Cell) {
            add(tr("%1 read as %2").arg(now.truth).arg(now.guess), now);
        } else {
            add(tr("Misread %1").arg(now.truth), now);
        }
    }
    const auto place = std::find(m_filters.begin(), m_filters.end(), m_items->filter()) - m_filters.begin();
    m_filter->setCurrentIndex(static_cast<int>(place));
}

void ReadingsPage::setFilter(const ReadingItems::Filter& filter)
{
    m_items->setFilter(filter);
    fillFilters();
}

void ReadingsPage::setEvaluation(std::shared_ptr<const EvaluationData> evaluation, bool keepPlace)
{
    const int row = m_gallery->current();
    const bool hadCurrent = keepPlace && row >= 0;
    const std::size_t image = hadCurrent ? m_items->imageAt(row) : 0;
    m_items->setEvaluation(std::move(evaluation));
    fillFilters();
    if (hadCurrent && m_items->count() > 0) {
        const int again = m_items->rowOf(image);
        m_gallery->setCurrent(again >= 0 ? again : std::min(row, m_items->count() - 1));
    }
}

void ReadingsPage::setCurrentImage(std::size_t image)
{
    if (const int row = m_items->rowOf(image); row >= 0) {
        m_gallery->setCurrent(row);
    }
}

void ReadingsPage::setEditable(const QString& whyNot)
{
    m_editable = whyNot.isEmpty();
    m_relabel.menu->setToolTip(m_editable ? tr("Gives the selected images another label (keys 0 to 9)")
                                          : whyNot);
    onSelection();
}

void ReadingsPage::setUndo(const QString& what)
{
    m_undo->setEnabled(!what.isEmpty());
}

void ReadingsPage::focusGallery()
{
    m_gallery->setFocus(Qt::OtherFocusReason);
}

std::vector<std::size_t> ReadingsPage::selectedImages() const
{
    std::vector<std::size_t> images;
    for (const int row : m_gallery->selected()) {
        images.push_back(m_items->imageAt(row));
    }
    std::sort(images.begin(), images.end());
    return images;
}

void ReadingsPage::onSelection()
{
    const int row = m_gallery->current();
    const int selected = m_gallery->selectedCount();
    for (QAction* action : {m_open, m_pad, m_copy}) {
        action->setEnabled(row >= 0);
    }
    m_relabel.setEnabled(m_editable && selected > 0);
    m_count->setText(selected > 1 ? tr("%1 selected").arg(countText(selected)) : QString());
    m_detail->show(row, selected);
}

void ReadingsPage::openLarge(int row)
{
    if (row >= 0) {
        auto* window = new SampleWindow(m_items, row, this);
        connect(window, &SampleWindow::rowChanged, m_gallery, &ImageGallery::setCurrent);
        window->open();
    }
}

void ReadingsPage::showMenu(QPoint place)
{
    if (m_gallery->selectedCount() > 0) {
        auto* menu = new QMenu(this);
        menu->setObjectName(QStringLiteral("readingsMenu"));
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addActions({m_open, m_pad, m_copy});
        menu->addSeparator();
        menu->addAction(m_relabel.menu);
        menu->popup(place);
    }
}

} // namespace digitpad
