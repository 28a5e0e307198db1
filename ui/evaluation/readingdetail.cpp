#include "ui/evaluation/readingdetail.h"

#include "ui/data/datatext.h"
#include "ui/data/pixelgrid.h"
#include "ui/draw/probabilitybars.h"
#include "ui/evaluation/readingitems.h"
#include "ui/gallery/pageactions.h"
#include "ui/training/formfield.h"
#include "ui/training/trainingtext.h"

#include <QLabel>
#include <QVBoxLayout>

namespace digitpad {

namespace {

constexpr int paneWidth = 232;
constexpr int pictureSide = 6 * digitSide;

} // namespace

ReadingDetail::ReadingDetail(const ReadingItems* items, const QList<QAction*>& actions, QWidget* parent)
    : QWidget(parent)
    , m_items(items)
    , m_grid(new PixelGrid(this))
    , m_title(new QLabel(this))
    , m_facts(new NoteLabel({}, this))
    , m_bars(new ProbabilityBars(this))
{
    setObjectName(QStringLiteral("readingDetail"));
    setFixedWidth(paneWidth);
    m_grid->setFixedSize(pictureSide, pictureSide);
    m_title->setObjectName(QStringLiteral("readingTitle"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_facts->setObjectName(QStringLiteral("readingFacts"));
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setWordWrap(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_bars->setPassive();

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_grid, 0, Qt::AlignHCenter);
    layout->addWidget(m_title);
    layout->addWidget(m_facts);
    layout->addWidget(m_bars);
    layout->addSpacing(4);
    layout->addLayout(makeActionButtons(actions, this));
    layout->addStretch(1);
    showNothing();
}

void ReadingDetail::showNothing()
{
    const bool none = m_items->count() == 0;
    m_grid->setImage(DigitImage());
    m_title->setText(none ? tr("Nothing to show") : tr("Nothing selected"));
    m_facts->setText(none ? tr("No image is of this kind; choose another one above.")
                          : tr("Click an image, or go through them with the arrow keys."));
    m_bars->clear();
}

void ReadingDetail::show(int row, int selected)
{
    if (row < 0) {
        showNothing();
        return;
    }
    const ImageReading& reading = m_items->readingAt(row);
    const std::size_t image = m_items->imageAt(row);
    m_grid->setImage(m_items->evaluation()->set->digitImage(image));
    const QString truth = className(reading.truth);
    if (selected > 1) {
        m_title->setText(tr("%1 selected").arg(imagesText(selected)));
    } else if (reading.right()) {
        m_title->setText(tr("A %1, rightly read").arg(truth));
    } else {
        m_title->setText(reading.isDigit() ? tr("A %1, read as %2").arg(truth).arg(reading.guess)
                                           : tr("No digit, read as %1").arg(reading.guess));
    }
    QStringList lines{tr("Image %1").arg(countText(static_cast<qint64>(image)))};
    if (m_items->evaluation()->figures.hasScore) {
        lines += tr("Digit score %1").arg(percentText(double{reading.score}, 1));
    }
    lines += reading.accepted ? tr("Accepted") : tr("Turned away as no digit");
    m_facts->setText(lines.join(QStringLiteral(" · ")));
    m_bars->setValues(reading.probabilities, reading.guess, reading.right());
}

} // namespace digitpad
