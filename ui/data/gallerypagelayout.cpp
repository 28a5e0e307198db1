// What the gallery's page is made of; what it does is in gallerypage.cpp.
#include "ui/data/gallerypage.h"
#include "ui/gallery/imagegallery.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

namespace digitpad {

void GalleryPage::makeActions()
{
    m_open = addPageAction(this, "openLarge", tr("Enlarge"),
                           tr("Shows the image with the value of each pixel (Return)"), {});
    m_pad =
        addPageAction(this, "sampleToPad", tr("To the Pad"),
                      tr("Puts the image on the pad, where it is read"), QKeySequence(Qt::CTRL | Qt::Key_D));
    m_copy = addPageAction(this, "copySample", tr("Copy"), tr("Copies the image as a picture"),
                           QKeySequence::Copy);
    m_export =
        addPageAction(this, "exportSamples", tr("Export"),
                      tr("Saves the selected images, or all that are shown where none is selected"), {});
    m_exportMenu = new QMenu(this);
    m_exportMenu->addAction(tr("As PNG Pictures…"), this, &GalleryPage::exportPicturesRequested)
        ->setObjectName(QStringLiteral("exportPictures"));
    m_exportMenu->addAction(tr("As an IDX Pair…"), this, &GalleryPage::exportIdxRequested)
        ->setObjectName(QStringLiteral("exportIdx"));
    m_export->setMenu(m_exportMenu);
    m_relabel = addRelabelActions(this, "relabelSamples", "relabelAs",
                                  [this](int digit) { Q_EMIT relabelRequested(digit); });
    m_exclude = addPageAction(this, "excludeSamples", tr("Exclude"), {}, QKeySequence(Qt::Key_Delete));
    m_undo = addPageAction(this, "undoSamples", tr("Undo"), {}, QKeySequence(Qt::CTRL | Qt::Key_Z));
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

} // namespace digitpad
