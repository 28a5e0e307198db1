#include "ui/data/classfigure.h"

#include "ui/data/datatext.h"
#include "ui/training/trainingtext.h"
#include "ui/widgets/tones.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>

namespace digitpad {

namespace {

constexpr int largestPicture = 84;
constexpr int gap = 6;
constexpr int spreadHeight = 120;
/// Hardly a pen is wider; what is lies at the upper edge.
constexpr double shownWidth = 6;

QImage grey(const std::array<float, digitPixels>& values, double scale)
{
    QImage image(digitSide, digitSide, QImage::Format_Grayscale8);
    for (int y = 0; y < digitSide; ++y) {
        uchar* line = image.scanLine(y);
        for (int x = 0; x < digitSide; ++x) {
            const double value = double(values[static_cast<std::size_t>(y * digitSide + x)]) * scale;
            line[x] = static_cast<uchar>(std::clamp(value + 0.5, 0.0, 255.0));
        }
    }
    return image;
}

} // namespace

ClassFigure::ClassFigure(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("classFigure"));
    setAccessibleName(tr("The classes"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setSizePolicy(policy);
}

void ClassFigure::setStatistics(const DigitStatistics& statistics)
{
    m_labels.clear();
    m_columns.clear();
    m_marked = -1;
    for (std::size_t label = 0; label < labelClasses; ++label) {
        const ClassStatistics& ofClass = statistics.classes[label];
        if (ofClass.images > 0) {
            m_labels.push_back(static_cast<int>(label));
            // Pixels that are ink in half of the images deviate most, by half of the range.
            m_columns.push_back({ofClass, grey(ofClass.mean, 1), grey(ofClass.standardDeviation, 2)});
        }
    }
    updateGeometry();
    update();
}

int ClassFigure::titleWidth() const
{
    int width = 0;
    for (const QString& title : {tr("Mean"), tr("Deviation"), tr("Stroke width")}) {
        width = std::max(width, fontMetrics().horizontalAdvance(title));
    }
    return width + 2 * gap;
}

int ClassFigure::pictureSide() const
{
    const int columns = std::max(10, static_cast<int>(m_columns.size()));
    return std::clamp((width() - titleWidth()) / columns - gap, digitSide, largestPicture);
}

QSize ClassFigure::sizeHint() const
{
    return {titleWidth() + 10 * (56 + gap),
            fontMetrics().height() + 2 * (pictureSide() + gap) + gap + spreadHeight};
}

QSize ClassFigure::minimumSizeHint() const
{
    return {titleWidth() + 11 * (digitSide + gap), sizeHint().height()};
}

QRectF ClassFigure::columnRect(int column) const
{
    const int side = pictureSide();
    return QRectF(titleWidth() + column * (side + gap), 0, side, height());
}

int ClassFigure::columnAt(QPointF place) const
{
    for (int i = 0; i < static_cast<int>(m_columns.size()); ++i) {
        if (columnRect(i).contains(place)) {
            return i;
        }
    }
    return -1;
}

double ClassFigure::widthsTop() const
{
    return fontMetrics().height() + 2.0 * (pictureSide() + gap) + gap;
}

double ClassFigure::yOfWidth(double strokeWidth) const
{
    const double bottom = widthsTop() + spreadHeight - gap;
    return bottom - std::min(strokeWidth, shownWidth) / shownWidth * (spreadHeight - 2 * gap);
}

QString ClassFigure::tip(int column) const
{
    const ClassStatistics& statistics = m_columns[static_cast<std::size_t>(column)].statistics;
    const BinnedCounts& widths = statistics.strokeWidth;
    const QLocale locale = numberLocale();
    return tr("%1: %2, on average %3 pixels of ink.\nStroke width %4 px in the median, nine tenths between "
              "%5 and %6 px.")
        .arg(className(m_labels[static_cast<std::size_t>(column)]),
             imagesText(static_cast<qint64>(statistics.images)), locale.toString(statistics.meanInk, 'f', 1),
             locale.toString(widths.quantile(0.5), 'f', 1), locale.toString(widths.quantile(0.05), 'f', 1),
             locale.toString(widths.quantile(0.95), 'f', 1));
}

void ClassFigure::setMarked(int column)
{
    if (m_marked != column) {
        m_marked = column;
        setAccessibleDescription(column < 0 ? QString() : tip(column));
        update();
    }
}

void ClassFigure::paintTitles(QPainter& painter) const
{
    painter.setPen(secondaryText(palette()));
    const int side = pictureSide();
    const int line = fontMetrics().height();
    const double right = titleWidth() - 2 * gap;
    const auto write = [&](double y, double height, const QString& text) {
        painter.drawText(QRectF(0, y, right, height), Qt::AlignLeft | Qt::AlignVCenter, text);
    };
    write(line, side, tr("Mean"));
    write(line + side + gap, side, tr("Deviation"));
    painter.drawText(QPointF(0, widthsTop() + fontMetrics().ascent()), tr("Stroke width"));
    const QColor grid = mixed(palette().color(QPalette::WindowText), palette().color(QPalette::Window), 0.14);
    const double end = columnRect(static_cast<int>(m_columns.size()) - 1).right();
    for (const int strokeWidth : {0, 2, 4, 6}) {
        const double y = yOfWidth(strokeWidth);
        painter.setPen(grid);
        painter.drawLine(QPointF(titleWidth() - gap, y), QPointF(end, y));
        painter.setPen(secondaryText(palette()));
        if (strokeWidth < 6) { // The title stands at the top.
            painter.drawText(QRectF(0, y - line / 2.0, right, line), Qt::AlignRight | Qt::AlignVCenter,
                             tr("%1 px").arg(strokeWidth));
        }
    }
}

void ClassFigure::paintSpread(QPainter& painter, int column) const
{
    const BinnedCounts& widths = m_columns[static_cast<std::size_t>(column)].statistics.strokeWidth;
    const auto largest = static_cast<double>(*std::max_element(widths.counts.begin(), widths.counts.end()));
    if (largest <= 0) {
        return;
    }
    const QRectF place = columnRect(column);
    const double middle = place.center().x();
    const auto halfOf = [&](std::size_t bin) {
        return static_cast<double>(widths.counts[bin]) / largest * (place.width() / 2 - 2);
    };
    const auto centre = [&](std::size_t bin) {
        return yOfWidth((static_cast<double>(bin) + 0.5) * widths.binWidth);
    };
    QPolygonF outline;
    for (std::size_t bin = 0; bin < widths.counts.size(); ++bin) {
        outline.append({middle + halfOf(bin), centre(bin)});
    }
    for (std::size_t bin = widths.counts.size(); bin-- > 0;) {
        outline.append({middle - halfOf(bin), centre(bin)});
    }
    const QColor accent = palette().color(QPalette::Active, QPalette::Highlight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(column == m_marked ? accent : mixed(accent, palette().color(QPalette::Window), 0.72));
    painter.drawPolygon(outline);
    painter.setPen(QPen(palette().color(QPalette::WindowText), 1.5));
    const double median = yOfWidth(widths.quantile(0.5));
    painter.drawLine(QPointF(middle - place.width() / 4, median),
                     QPointF(middle + place.width() / 4, median));
}

void ClassFigure::paintColumn(QPainter& painter, int column) const
{
    const Column& shown = m_columns[static_cast<std::size_t>(column)];
    const QRectF place = columnRect(column);
    const int line = fontMetrics().height();
    const int side = pictureSide();
    const int label = m_labels[static_cast<std::size_t>(column)];
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRectF(place.left(), 0, place.width(), line), Qt::AlignHCenter | Qt::AlignTop,
                     label == noDigitLabel ? tr("none") : QString::number(label));
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(QRectF(place.left(), line, side, side), shown.mean);
    painter.drawImage(QRectF(place.left(), line + side + gap, side, side), shown.deviation);
    painter.setRenderHint(QPainter::Antialiasing);
    paintSpread(painter, column);
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (column == m_marked) {
        painter.setPen(QPen(palette().color(QPalette::Active, QPalette::Highlight), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(place.left() - 1, line - 1, side + 2, 2 * side + gap + 2));
    }
}

void ClassFigure::paintEvent(QPaintEvent* /*event*/)
{
    if (m_columns.empty()) {
        return;
    }
    QPainter painter(this);
    paintTitles(painter);
    for (int i = 0; i < static_cast<int>(m_columns.size()); ++i) {
        paintColumn(painter, i);
    }
}

void ClassFigure::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    updateGeometry(); // As high as its pictures want.
}

void ClassFigure::mouseMoveEvent(QMouseEvent* event)
{
    setMarked(columnAt(event->position()));
}

void ClassFigure::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    setMarked(-1);
}

void ClassFigure::mousePressEvent(QMouseEvent* event)
{
    const int column = columnAt(event->position());
    if (event->button() == Qt::LeftButton && column >= 0) {
        Q_EMIT labelChosen(m_labels[static_cast<std::size_t>(column)]);
    }
}

void ClassFigure::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    if (m_marked < 0 && !m_columns.empty() && event->reason() != Qt::MouseFocusReason) {
        setMarked(0);
    }
}

void ClassFigure::keyPressEvent(QKeyEvent* event)
{
    const int last = static_cast<int>(m_columns.size()) - 1;
    if (last < 0) {
        QWidget::keyPressEvent(event);
    } else if (event->key() == Qt::Key_Left) {
        setMarked(std::max(m_marked - 1, 0));
    } else if (event->key() == Qt::Key_Right) {
        setMarked(std::min(m_marked + 1, last));
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_marked >= 0) {
        Q_EMIT labelChosen(m_labels[static_cast<std::size_t>(m_marked)]);
    } else {
        QWidget::keyPressEvent(event);
    }
}

bool ClassFigure::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const int column = columnAt(help->pos()); column >= 0) {
            QToolTip::showText(help->globalPos(), tip(column), this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

} // namespace digitpad
