#include "ui/widgets/flowlayout.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace digitpad {

FlowLayout::FlowLayout(QWidget* parent)
    : QLayout(parent)
{
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

void FlowLayout::setLastAtEnd(bool on)
{
    m_lastAtEnd = on;
    invalidate();
}

void FlowLayout::addItem(QLayoutItem* item)
{
    m_items.append(item);
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    return index >= 0 && index < count() ? m_items.takeAt(index) : nullptr;
}

int FlowLayout::heightForWidth(int width) const
{
    return arrange({0, 0, width, 0}, false);
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem* item : m_items) {
        size = size.expandedTo(item->minimumSize());
    }
    return size.grownBy(contentsMargins());
}

QSize FlowLayout::sizeHint() const
{
    int width = 0;
    int height = 0;
    for (const QLayoutItem* item : m_items) {
        width += item->sizeHint().width() + spacing();
        height = std::max(height, item->sizeHint().height());
    }
    return QSize(width, height).grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowLayout::arrange(const QRect& rect, bool apply) const
{
    const QRect inside = rect.marginsRemoved(contentsMargins());
    int y = inside.top();
    int width = 0;
    int height = 0;
    QList<QLayoutItem*> line;
    const auto endLine = [&] {
        if (apply) {
            placeLine(line, inside, y, height);
        }
        y += line.isEmpty() ? 0 : height + spacing();
        line.clear();
        width = height = 0;
    };
    for (QLayoutItem* item : m_items) {
        if (item->isEmpty()) {
            continue;
        }
        const QSize size = item->sizeHint();
        if (!line.isEmpty() && width + size.width() > inside.width()) {
            endLine();
        }
        line.append(item);
        width += size.width() + spacing();
        height = std::max(height, size.height());
    }
    endLine();
    return std::max(0, y - spacing() - inside.top()) + contentsMargins().top() + contentsMargins().bottom();
}

void FlowLayout::placeLine(const QList<QLayoutItem*>& line, const QRect& rect, int y, int height) const
{
    const Qt::LayoutDirection direction =
        parentWidget() != nullptr ? parentWidget()->layoutDirection() : Qt::LeftToRight;
    int x = rect.left();
    for (QLayoutItem* item : line) {
        const QSize size = item->sizeHint().boundedTo({rect.width(), height});
        if (m_lastAtEnd && line.size() > 1 && item == m_items.last()) {
            x = rect.right() + 1 - size.width();
        }
        const QRect place(x, y + (height - size.height()) / 2, size.width(), size.height());
        item->setGeometry(QStyle::visualRect(direction, rect, place));
        x += size.width() + spacing();
    }
}

} // namespace digitpad
