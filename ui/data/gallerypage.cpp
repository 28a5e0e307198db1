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

namespace {

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

} // namespace

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
    m_pane = new SamplePane(m_items, {m_open, m_pad, m_copy, m_export, m_relabel, m_exclude}, this);
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

GalleryPage::~GalleryPage() = default;

QAction* GalleryPage::makeAction(const char* name, const QString& text, const QString& tip,
                                 const QKeySequence& keys)
{
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    const QString shown = keys.toString(QKeySequence::NativeText);
    action->setToolTip(shown.isEmpty() ? tip : tr("%1 (%2)", "tooltip (shortcut)").arg(tip, shown));
    addAction(action);
    return action;
}

void GalleryPage::makeActions()
{
    m_open = makeAction("openLarge", tr("Enlarge"),
                        tr("Shows the image with the value of each pixel (Return)"), {});
    m_pad = makeAction("sampleToPad", tr("To the Pad"), tr("Puts the image on the pad, where it is read"),
                       QKeySequence(Qt::CTRL | Qt::Key_D));
    m_copy = makeAction("copySample", tr("Copy"), tr("Copies the image as a picture"), QKeySequence::Copy);
    m_export = makeAction("exportSamples", tr("Export"),
                          tr("Saves the selected images, or all that are shown where none is selected"), {});
    m_exportMenu = new QMenu(this);
    m_exportMenu->addAction(tr("As PNG Pictures…"), this, &GalleryPage::exportPicturesRequested)
        ->setObjectName(QStringLiteral("exportPictures"));
    m_exportMenu->addAction(tr("As an IDX Pair…"), this, &GalleryPage::exportIdxRequested)
        ->setObjectName(QStringLiteral("exportIdx"));
    m_export->setMenu(m_exportMenu);
    m_relabel = makeAction("relabelSamples", tr("That Was a…"), {}, {});
    m_relabelMenu = new QMenu(this);
    for (int digit = 0; digit < digitClasses; ++digit) {
        const QByteArray name = "relabelAs" + QByteArray::number(digit);
        QAction* label = makeAction(name.constData(), QStringLiteral("&%1").arg(digit), {},
                                    QKeySequence(Qt::Key_0 + digit));
        connect(label, &QAction::triggered, this, [this, digit] { Q_EMIT relabelRequested(digit); });
        m_relabelMenu->addAction(label);
        m_labels[static_cast<std::size_t>(digit)] = label;
    }
    m_relabel->setMenu(m_relabelMenu);
    m_exclude = makeAction("excludeSamples", tr("Exclude"), {}, QKeySequence(Qt::Key_Delete));
    m_undo = makeAction("undoSamples", tr("Undo"), {}, QKeySequence(Qt::CTRL | Qt::Key_Z));
    connect(m_open, &QAction::triggered, this, [this] { openLarge(m_gallery->current()); });
    connect(m_pad, &QAction::triggered, this,
            [this] { Q_EMIT padRequested(m_items->sampleAt(m_gallery->current())); });
    connect(m_copy, &QAction::triggered, this,
            [this] { Q_EMIT copyRequested(m_items->sampleAt(m_gallery->current())); });
    connect(m_exclude, &QAction::triggered, this, &GalleryPage::excludeRequested);
    connect(m_undo, &QAction::triggered, this, &GalleryPage::undoRequested);
}

QWidget* GalleryPage::makeHead()
{
    auto* head = new QWidget(this);
    m_filter = new QComboBox(head);
    m_filter->setObjectName(QStringLiteral("galleryFilter"));
    m_filter->setToolTip(tr("Which images to show"));
    m_filter->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_order = new QComboBox(head);
    m_order->setObjectName(QStringLiteral("galleryOrder"));
    m_order->setToolTip(tr("What to sort the images by"));
    m_order->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_descending = new QToolButton(head);
    m_descending->setObjectName(QStringLiteral("galleryDescending"));
    m_descending->setCheckable(true);
    m_descending->setText(QStringLiteral("↑"));
    m_descending->setToolTip(tr("The largest first"));
    m_descending->setAccessibleName(m_descending->toolTip());
    m_index = new QSpinBox(head);
    m_index->setObjectName(QStringLiteral("galleryIndex"));
    m_index->setGroupSeparatorShown(true);
    m_index->setKeyboardTracking(false);
    m_index->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_index->setAlignment(Qt::AlignRight);
    m_index->setToolTip(tr("Goes to the image with this index (Ctrl+G)"));
    auto* show = new QLabel(tr("Sho&w"), head);
    show->setBuddy(m_filter);
    auto* sort = new QLabel(tr("Sort &by"), head);
    sort->setBuddy(m_order);
    auto* go = new QLabel(tr("&Go to"), head);
    go->setBuddy(m_index);
    m_smaller = makeZoomButton("gallerySmaller", QStringLiteral("−"), tr("Smaller (Ctrl+−)"), head);
    m_larger = makeZoomButton("galleryLarger", QStringLiteral("+"), tr("Larger (Ctrl++)"), head);
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QWidget* widget :
         std::initializer_list<QWidget*>{show, m_filter, sort, m_order, m_descending, go, m_index}) {
        layout->addWidget(widget);
        if (widget == m_filter || widget == m_descending) {
            layout->addSpacing(8);
        }
    }
    layout->addStretch(1);
    layout->addWidget(m_smaller);
    layout->addWidget(m_larger);
    return head;
}

QWidget* GalleryPage::makeFoot()
{
    auto* foot = new QWidget(this);
    m_count = new QLabel(foot);
    m_count->setObjectName(QStringLiteral("galleryCount"));
    m_count->setMinimumWidth(1);
    m_taskText = new QLabel(foot);
    m_progress = new QProgressBar(foot);
    m_progress->setObjectName(QStringLiteral("taskProgress"));
    m_progress->setRange(0, 1000);
    m_progress->setMaximumWidth(160);
    m_progress->setTextVisible(false);
    m_cancelTask = new QPushButton(tr("Cancel"), foot);
    m_cancelTask->setObjectName(QStringLiteral("cancelTask"));
    auto* layout = new QHBoxLayout(foot);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_count, 1);
    layout->addWidget(m_taskText);
    layout->addWidget(m_progress);
    layout->addWidget(m_cancelTask);
    taskEnded();
    return foot;
}

void GalleryPage::connectParts()
{
    connect(m_filter, &QComboBox::activated, this, [this] { setFilter(m_filter->currentData().toInt()); });
    connect(m_order, &QComboBox::activated, this, &GalleryPage::applyOrder);
    connect(m_descending, &QToolButton::toggled, this, &GalleryPage::applyOrder);
    connect(m_index, &QSpinBox::editingFinished, this, &GalleryPage::jump);
    connect(m_smaller, &QToolButton::clicked, this, [this] { m_gallery->setZoom(m_gallery->zoom() - 1); });
    connect(m_larger, &QToolButton::clicked, this, [this] { m_gallery->setZoom(m_gallery->zoom() + 1); });
    connect(m_gallery, &ImageGallery::zoomChanged, this, [this](int zoom) {
        m_smaller->setEnabled(zoom > 0);
        m_larger->setEnabled(zoom + 1 < static_cast<int>(ImageGallery::zoomSides().size()));
    });
    connect(m_gallery, &ImageGallery::currentChanged, this, &GalleryPage::onSelection);
    connect(m_gallery, &ImageGallery::selectionChanged, this, &GalleryPage::onSelection);
    connect(m_gallery, &ImageGallery::activated, this, &GalleryPage::openLarge);
    connect(m_gallery, &ImageGallery::menuRequested, this, [this](int, QPoint place) { showMenu(place); });
    connect(m_items, &GalleryItems::reset, this, &GalleryPage::onSelection);
    connect(m_items, &GalleryItems::changed, this, &GalleryPage::onSelection);
    connect(m_cancelTask, &QPushButton::clicked, this, &GalleryPage::taskCancelled);
    auto* go = new QAction(this);
    go->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_G));
    go->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(go);
    connect(go, &QAction::triggered, this, [this] {
        m_index->setFocus(Qt::ShortcutFocusReason);
        m_index->selectAll();
    });
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
        if (needsReadings()) {
            Q_EMIT readingRequested();
        }
    }
}

bool GalleryPage::needsReadings() const
{
    return !m_readingsKnown && m_model && m_items->set().size() > 0 &&
           (m_items->filter() == DataItems::Misread || m_items->order() == DataItems::Order::Confidence);
}

void GalleryPage::applyOrder()
{
    m_descending->setText(m_descending->isChecked() ? QStringLiteral("↓") : QStringLiteral("↑"));
    m_items->setOrder(static_cast<DataItems::Order>(std::max(m_order->currentIndex(), 0)),
                      m_descending->isChecked());
    if (needsReadings()) {
        Q_EMIT readingRequested();
    }
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
    if (needsReadings()) {
        Q_EMIT readingRequested();
    }
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
    m_items->setReadings(nullptr);
    fillFilters();
    fillOrders();
    if (needsReadings()) {
        Q_EMIT readingRequested();
    }
}

void GalleryPage::setReadings(std::shared_ptr<const SetReadings> readings)
{
    m_readingsKnown = readings != nullptr;
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
    if (m_items->order() == DataItems::Order::Confidence) {
        m_order->setCurrentIndex(0);
        applyOrder();
    }
    if (m_items->filter() == DataItems::Misread) {
        setFilter(DataItems::All);
    }
}

void GalleryPage::setEditable(const QString& whyNot)
{
    m_editable = whyNot.isEmpty();
    m_relabel->setToolTip(m_editable ? tr("Gives the selected images another label (keys 0 to 9)") : whyNot);
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
    m_relabel->setEnabled(m_editable && selected > 0);
    m_exclude->setEnabled(m_editable && selected > 0);
    for (QAction* label : m_labels) {
        label->setEnabled(m_editable && selected > 0);
    }
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
    menu->addActions({m_relabel, m_exclude});
    menu->popup(place);
}

} // namespace digitpad
