#include "ui/evaluation/confusionview.h"

#include "ui/training/trainingtext.h"
#include "ui/widgets/tones.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace digitpad {

namespace {

constexpr int smallestCell = 30;
constexpr int usualCell = 44;
constexpr int largestCell = 64;

} // namespace

ConfusionView::ConfusionView(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("confusionView"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Confusion matrix: a row a digit, a column what it is read as"));
}

void ConfusionView::setConfusion(const ConfusionMatrix& confusion)
{
    m_confusion = confusion;
    m_largestError = 0;
    for (int truth = 0; truth < digitClasses; ++truth) {
        const auto& row = m_confusion[static_cast<std::size_t>(truth)];
        m_rows[static_cast<std::size_t>(truth)] = 0;
        for (const std::int64_t images : row) {
            m_rows[static_cast<std::size_t>(truth)] += images;
        }
        for (int guess = 0; guess < digitClasses; ++guess) {
            m_largestError = std::max(m_largestError, truth == guess ? 0 : share({truth, guess}));
        }
    }
    setCurrent(m_current);
    update();
}

void ConfusionView::setPerCent(bool on)
{
    m_perCent = on;
    update();
}

std::int64_t ConfusionView::count(const Cell& cell) const
{
    return m_confusion[static_cast<std::size_t>(cell.truth)][static_cast<std::size_t>(cell.guess)];
}

double ConfusionView::share(const Cell& cell) const
{
    const std::int64_t all = m_rows[static_cast<std::size_t>(cell.truth)];
    return all > 0 ? static_cast<double>(count(cell)) / static_cast<double>(all) : 0;
}

int ConfusionView::side() const
{
    const int head = 2 * fontMetrics().height();
    const int room = std::min(width(), height()) - head - 2;
    return std::clamp(room / digitClasses, smallestCell, largestCell);
}

/// The upper left corner of the cells, with the heads before them.
QPoint ConfusionView::origin() const
{
    const int head = 2 * fontMetrics().height();
    return {head, head};
}

QRect ConfusionView::cellRect(int truth, int guess) const
{
    return {origin() + QPoint(guess, truth) * side(), QSize(side() - 1, side() - 1)};
}

std::optional<ConfusionView::Cell> ConfusionView::cellAt(QPoint place) const
{
    const QPoint inside = place - origin();
    if (inside.x() < 0 || inside.y() < 0) {
        return std::nullopt;
    }
    const Cell cell{inside.y() / side(), inside.x() / side()};
    return cell.truth < digitClasses && cell.guess < digitClasses ? std::optional(cell) : std::nullopt;
}

QString ConfusionView::cellText(int truth, int guess) const
{
    const Cell cell{truth, guess};
    const std::int64_t all = m_rows[static_cast<std::size_t>(truth)];
    if (all == 0) {
        return tr("There is no %1 among the images.").arg(truth);
    }
    return tr("%1 of %2 images of a %3 (%4) are read as %5.")
        .arg(countText(count(cell)), countText(all))
        .arg(truth)
        .arg(percentText(share(cell), 2))
        .arg(guess);
}

QString ConfusionView::number(const Cell& cell) const
{
    const std::int64_t images = count(cell);
    if (images == 0) {
        return {};
    }
    if (!m_perCent) {
        return countText(images);
    }
    const double percent = share(cell) * 100;
    return numberLocale().toString(percent, 'f', percent < 99.95 ? 1 : 0);
}

QColor ConfusionView::ground(const Cell& cell) const
{
    const QColor base = palette().color(QPalette::Base);
    if (count(cell) == 0) {
        return base;
    }
    if (cell.truth == cell.guess) {
        return mixed(palette().color(QPalette::Text), base, 0.09);
    }
    // The square root, so that single errors are seen beside frequent ones.
    const QColor error = toneColors(palette(), Tone::Error).accent;
    return mixed(error, base, 0.12 + 0.78 * std::sqrt(share(cell) / m_largestError));
}

void ConfusionView::paintCell(QPainter& painter, const Cell& cell) const
{
    const QRect rect = cellRect(cell.truth, cell.guess);
    const QColor fill = ground(cell);
    painter.fillRect(rect, fill);
    if (const QString text = number(cell); !text.isEmpty()) {
        const QColor quiet = secondaryText(palette());
        const QColor candidates[] = {palette().color(QPalette::Text), QColor(Qt::white), QColor(Qt::black)};
        QColor ink = candidates[0];
        for (const QColor& candidate : candidates) {
            ink = contrast(candidate, fill) > contrast(ink, fill) ? candidate : ink;
        }
        painter.setPen(cell.truth == cell.guess ? quiet : ink);
        painter.drawText(rect, Qt::AlignCenter, text);
    }
    if (m_hovered == cell && count(cell) > 0) {
        painter.setPen(palette().color(QPalette::Text));
        painter.drawRect(rect.adjusted(0, 0, -1, -1));
    }
    if (hasFocus() && m_current == cell) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRect(rect.adjusted(1, 1, -1, -1));
    }
}

void ConfusionView::paintHeads(QPainter& painter) const
{
    const int line = fontMetrics().height();
    const int whole = side() * digitClasses;
    painter.setPen(secondaryText(palette()));
    painter.drawText(QRect(origin().x(), 0, whole, line), Qt::AlignCenter, tr("Read as"));
    painter.save();
    painter.translate(0, origin().y() + whole);
    painter.rotate(-90);
    painter.drawText(QRect(0, 0, whole, line), Qt::AlignCenter, tr("Digit"));
    painter.restore();
    painter.setPen(palette().color(QPalette::WindowText));
    for (int digit = 0; digit < digitClasses; ++digit) {
        const QRect column = cellRect(0, digit);
        const QRect row = cellRect(digit, 0);
        painter.drawText(QRect(column.left(), line, column.width(), line), Qt::AlignCenter,
                         QString::number(digit));
        painter.drawText(QRect(line, row.top(), line, row.height()), Qt::AlignCenter, QString::number(digit));
    }
}

void ConfusionView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintHeads(painter);
    const QRect first = cellRect(0, 0);
    const QRect last = cellRect(digitClasses - 1, digitClasses - 1);
    // Shows between the cells.
    painter.fillRect(QRect(first.topLeft() - QPoint(1, 1), last.bottomRight() + QPoint(1, 1)),
                     mixed(palette().color(QPalette::Text), palette().color(QPalette::Base), 0.16));
    for (int truth = 0; truth < digitClasses; ++truth) {
        for (int guess = 0; guess < digitClasses; ++guess) {
            paintCell(painter, {truth, guess});
        }
    }
}

void ConfusionView::setCurrent(const Cell& cell)
{
    m_current = cell;
    setAccessibleDescription(cellText(cell.truth, cell.guess));
    update();
}

void ConfusionView::choose(const Cell& cell)
{
    if (count(cell) > 0) {
        Q_EMIT cellChosen(cell.truth, cell.guess);
    }
}

void ConfusionView::mousePressEvent(QMouseEvent* event)
{
    m_pressed = event->button() == Qt::LeftButton ? cellAt(event->position().toPoint()) : std::nullopt;
    if (m_pressed) {
        setCurrent(*m_pressed);
    }
}

void ConfusionView::mouseReleaseEvent(QMouseEvent* event)
{
    const auto released = cellAt(event->position().toPoint());
    if (m_pressed && released == m_pressed) {
        choose(*m_pressed);
    }
    m_pressed.reset();
}

void ConfusionView::mouseMoveEvent(QMouseEvent* event)
{
    const auto hovered = cellAt(event->position().toPoint());
    if (hovered != m_hovered) {
        m_hovered = hovered;
        setCursor(hovered && count(*hovered) > 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
        update();
    }
}

void ConfusionView::leaveEvent(QEvent*)
{
    m_hovered.reset();
    update();
}

void ConfusionView::keyPressEvent(QKeyEvent* event)
{
    Cell cell = m_current;
    switch (event->key()) {
    case Qt::Key_Left:
        --cell.guess;
        break;
    case Qt::Key_Right:
        ++cell.guess;
        break;
    case Qt::Key_Up:
        --cell.truth;
        break;
    case Qt::Key_Down:
        ++cell.truth;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        choose(cell);
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    setCurrent({std::clamp(cell.truth, 0, digitClasses - 1), std::clamp(cell.guess, 0, digitClasses - 1)});
}

bool ConfusionView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const auto cell = cellAt(help->pos())) {
            QToolTip::showText(help->globalPos(), cellText(cell->truth, cell->guess), this,
                               cellRect(cell->truth, cell->guess));
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

QSize ConfusionView::sizeHint() const
{
    const int head = 2 * fontMetrics().height();
    return QSize(head, head) + QSize(1, 1) * (usualCell * digitClasses + 2);
}

QSize ConfusionView::minimumSizeHint() const
{
    const int head = 2 * fontMetrics().height();
    return QSize(head, head) + QSize(1, 1) * (smallestCell * digitClasses + 2);
}

} // namespace digitpad
