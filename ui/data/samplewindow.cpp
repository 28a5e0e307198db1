#include "ui/data/samplewindow.h"

#include "ui/data/pixelgrid.h"
#include "ui/gallery/galleryitems.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <cstring>

namespace digitpad {

SampleWindow::SampleWindow(GalleryItems* items, int row, QWidget* parent)
    : QDialog(parent)
    , m_items(items)
    , m_row(row)
    , m_grid(new PixelGrid(this))
    , m_text(new QLabel(this))
{
    setObjectName(QStringLiteral("sampleWindow"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* before = new QPushButton(tr("&Previous"), this);
    before->setObjectName(QStringLiteral("previousSample"));
    before->setToolTip(tr("The image before (Left)"));
    auto* next = new QPushButton(tr("&Next"), this);
    next->setObjectName(QStringLiteral("nextSample"));
    next->setToolTip(tr("The next image (Right)"));
    auto* close = new QPushButton(tr("Close"), this);
    for (QPushButton* button : {before, next, close}) {
        button->setAutoDefault(false);
    }
    connect(before, &QPushButton::clicked, this, [this] { showRow(m_row - 1); });
    connect(next, &QPushButton::clicked, this, [this] { showRow(m_row + 1); });
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(items, &GalleryItems::reset, this, &QDialog::close);

    auto* foot = new QHBoxLayout;
    foot->addWidget(m_text, 1);
    foot->addWidget(before);
    foot->addWidget(next);
    foot->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_grid, 1);
    layout->addLayout(foot);
    const int side = 28 * m_grid->sideForValues();
    resize(side + 24, side + 64);
    showRow(row);
}

void SampleWindow::showRow(int row)
{
    if (row < 0 || row >= m_items->count()) {
        return;
    }
    const bool moved = m_row != row;
    m_row = row;
    DigitImage image;
    if (const std::uint8_t* pixels = m_items->item(row).pixels; pixels != nullptr) {
        std::memcpy(image.pixels.data(), pixels, digitPixels);
    }
    m_grid->setImage(image);
    m_text->setText(m_items->description(row));
    setWindowTitle(m_items->description(row));
    if (moved) {
        Q_EMIT rowChanged(row);
    }
}

void SampleWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Left) {
        showRow(m_row - 1);
    } else if (event->key() == Qt::Key_Right) {
        showRow(m_row + 1);
    } else {
        QDialog::keyPressEvent(event);
    }
}

} // namespace digitpad
