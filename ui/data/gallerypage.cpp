#include "ui/data/gallerypage.h"

#include "ui/data/datatext.h"
#include "ui/data/samplepane.h"
#include "ui/data/samplewindow.h"
#include "ui/gallery/imagegallery.h"
#include "ui/training/samplestrip.h"
#include "ui/training/trainingtext.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace digitpad {

GalleryPage::GalleryPage(QWidget* parent)
    : QWidget(parent)
    , m_items(new DataItems(this))
    , m_gallery(new ImageGallery(this))
{
    setObjectName(QStringLiteral("galleryPage"));
    m_gallery->setObjectName(QStringLiteral("dataGallery"));
    m_gallery->setAccessibleName(tr("Images of the data"));
    m_gallery->setItems(m_items);
    makeActions();
    m_pane = new SamplePane(m_items, {m_open, m_pad, m_copy, m_export, m_relabel.menu, m_exclude}, this);
    auto* body = new QHBoxLayout;
    body->setSpacing(12);
    body->addWidget(m_gallery, 1);
    body->addWidget(m_pane);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(makeHead());
    layout->addLayout(body, 1);
    layout->addWidget(makeFoot());
    setFocusProxy(m_gallery);
    connectParts();
    fillFilters();
    fillOrders();
    setEditable(tr("There are no data."));
    setUndo({});
    onSelection();
}

GalleryPage::~GalleryPage()
{
    m_gallery->disconnect(this); // It notices that the items go, when this is hardly there any more.
}

void GalleryPage::fillFilters()
{
    const DigitStatistics& statistics = m_items->statistics();
    const int before = m_items->filter();
    m_filter->clear();
    const auto add = [this](const QString& text, std::size_t count, int filter) {
        m_filter->addItem(tr("%1 (%2)").arg(text, countText(static_cast<qint64>(count))), filter);
    };
    add(tr("All images"), statistics.images, DataItems::All);
    for (int label = 0; label <= noDigitLabel; ++label) {
        const std::size_t count = statistics.classes[static_cast<std::size_t>(label)].images;
        if (count > 0 || label < digitClasses) {
            add(label == noDigitLabel ? tr("No digits") : QString::number(label), count, label);
        }
    }
    std::size_t copies = statistics.duplicates;
    if (copies > 0) {
        add(tr("Duplicates"), copies, DataItems::Duplicates);
    }
    if (!statistics.blank.empty()) {
        add(tr("Empty"), statistics.blank.size(), DataItems::Blank);
    }
    if (m_model) {
        m_filter->addItem(tr("Misread by the model"), DataItems::Misread);
    }
    const int place = m_filter->findData(before);
    m_filter->setCurrentIndex(std::max(place, 0));
    if (place < 0) {
        m_items->setFilter(DataItems::All);
    }
}

void GalleryPage::fillOrders()
{
    const int before = std::max(m_order->currentIndex(), 0);
    m_order->clear();
    m_order->addItems({tr("Index"), tr("Ink"), tr("Stroke width")});
    if (m_model) {
        m_order->addItem(tr("Confidence in the label"));
    }
    m_order->setCurrentIndex(before < m_order->count() ? before : 0);
}

void GalleryPage::setFilter(int filter)
{
    if (const int place = m_filter->findData(filter); place >= 0) {
        m_filter->setCurrentIndex(place);
        m_items->setFilter(filter);
        askForReadings();
    }
}

void GalleryPage::askForReadings()
{
    const bool needed =
        m_items->filter() == DataItems::Misread || m_items->order() == DataItems::Order::Confidence;
    if (needed && !m_readingsKnown && !m_readingsAsked && m_model && m_items->set().size() > 0) {
        m_readingsAsked = true;
        Q_EMIT readingRequested();
    }
}

void GalleryPage::applyOrder()
{
    m_descending->setText(m_descending->isChecked() ? QStringLiteral("↓") : QStringLiteral("↑"));
    m_items->setOrder(static_cast<DataItems::Order>(std::max(m_order->currentIndex(), 0)),
                      m_descending->isChecked());
    askForReadings();
}

void GalleryPage::jump()
{
    if (!m_index->hasFocus()) {
        return; // It only lost the focus.
    }
    const auto sample = static_cast<std::size_t>(m_index->value());
    if (m_items->rowOf(sample) < 0 && sample < m_items->set().size()) {
        setFilter(DataItems::All);
    }
    if (const int row = m_items->rowOf(sample); row >= 0) {
        m_gallery->setCurrent(row);
        m_gallery->setFocus(Qt::OtherFocusReason);
    }
}

void GalleryPage::setData(std::shared_ptr<const ExploredData> explored, bool test, bool keepPlace)
{
    const int row = m_gallery->current();
    const bool hadCurrent = keepPlace && row >= 0;
    const std::size_t sample = hadCurrent ? m_items->sampleAt(row) : 0;
    m_data = std::move(explored);
    m_readingsKnown = false;
    m_readingsAsked = false;
    m_items->setReadings(nullptr);
    m_pane->setOrigins(m_data && !test ? &m_data->data.origins : nullptr);
    if (!keepPlace && (m_items->filter() >= DataItems::Blank)) {
        m_items->setFilter(DataItems::All);
    }
    m_items->setData(m_data, test);
    fillFilters();
    m_index->setRange(0, std::max(0, static_cast<int>(m_items->set().size()) - 1));
    if (hadCurrent && m_items->count() > 0) {
        const int again = m_items->rowOf(sample);
        m_gallery->setCurrent(again >= 0 ? again : std::min(row, m_items->count() - 1));
    }
    askForReadings();
}

void GalleryPage::setAugmentation(const std::optional<AugmentationOptions>& options)
{
    m_pane->setAugmentation(options);
}

void GalleryPage::setModel(std::shared_ptr<const Model> model)
{
    if (m_model == model) {
        return;
    }
    m_model = std::move(model);
    m_readingsKnown = false;
    m_readingsAsked = false;
    m_items->setReadings(nullptr);
    fillFilters();
    fillOrders();
    askForReadings();
}

void GalleryPage::setReadings(std::shared_ptr<const SetReadings> readings)
{
    m_readingsKnown = readings != nullptr;
    m_readingsAsked = false;
    m_items->setReadings(std::move(readings));
}

void GalleryPage::showTask(const QString& text, double part)
{
    m_taskText->setText(text);
    m_progress->setValue(static_cast<int>(part * 1000));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_taskText, m_progress, m_cancelTask}) {
        widget->show();
    }
}

void GalleryPage::taskEnded()
{
    for (QWidget* widget : std::initializer_list<QWidget*>{m_taskText, m_progress, m_cancelTask}) {
        widget->hide();
    }
}

void GalleryPage::readingEnded()
{
    // Both at once, or the one that is left would ask again.
    m_readingsAsked = true;
    if (m_items->order() == DataItems::Order::Confidence) {
        m_order->setCurrentIndex(0);
        applyOrder();
    }
    if (m_items->filter() == DataItems::Misread) {
        setFilter(DataItems::All);
    }
    m_readingsAsked = false;
}

void GalleryPage::setEditable(const QString& whyNot)
{
    m_editable = whyNot.isEmpty();
    m_relabel.menu->setToolTip(m_editable ? tr("Gives the selected images another label (keys 0 to 9)")
                                          : whyNot);
    m_exclude->setToolTip(m_editable ? tr("Takes the selected images out of the collection (Delete)")
                                     : whyNot);
    onSelection();
}

void GalleryPage::setUndo(const QString& what)
{
    m_undo->setEnabled(!what.isEmpty());
}

void GalleryPage::focusGallery()
{
    m_gallery->setFocus(Qt::OtherFocusReason);
}

std::vector<std::size_t> GalleryPage::selectedSamples() const
{
    std::vector<std::size_t> samples;
    for (const int row : m_gallery->selected()) {
        samples.push_back(m_items->sampleAt(row));
    }
    std::sort(samples.begin(), samples.end());
    return samples;
}

void GalleryPage::onSelection()
{
    const int row = m_gallery->current();
    const int selected = m_gallery->selectedCount();
    for (QAction* action : {m_open, m_pad, m_copy}) {
        action->setEnabled(row >= 0);
    }
    m_export->setEnabled(m_items->count() > 0);
    m_relabel.setEnabled(m_editable && selected > 0);
    m_exclude->setEnabled(m_editable && selected > 0);
    if (row >= 0) {
        m_index->setValue(static_cast<int>(m_items->sampleAt(row)));
    }
    const QString shown =
        m_items->count() == static_cast<int>(m_items->set().size())
            ? imagesText(m_items->count())
            : tr("%1 of %2")
                  .arg(countText(m_items->count()), imagesText(static_cast<qint64>(m_items->set().size())));
    m_count->setText(selected > 0 ? tr("%1 · %2 selected").arg(shown, countText(selected)) : shown);
    std::vector<std::size_t> some;
    if (selected <= SampleStrip::samples) {
        some = selectedSamples();
    } else if (row >= 0) {
        some.push_back(m_items->sampleAt(row));
    }
    m_pane->show(row, selected, some);
}

void GalleryPage::openLarge(int row)
{
    if (row < 0) {
        return;
    }
    auto* window = new SampleWindow(m_items, row, this);
    connect(window, &SampleWindow::rowChanged, m_gallery, &ImageGallery::setCurrent);
    window->open();
}

void GalleryPage::showMenu(QPoint place)
{
    if (m_gallery->selectedCount() == 0) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("galleryMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_open, m_pad, m_copy, m_export});
    menu->addSeparator();
    menu->addActions({m_relabel.menu, m_exclude});
    menu->popup(place);
}

} // namespace digitpad
