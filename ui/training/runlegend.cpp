#include "ui/training/runlegend.h"

#include "ui/training/plotframe.h"
#include "ui/training/runcolors.h"
#include "ui/widgets/tones.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace digitpad {

namespace {

constexpr QSize swatchSize(30, 14);
constexpr int mostLines = 3;
constexpr int longestName = 240; // Pixels.

QPixmap swatch(const LegendEntry& entry, const QPalette& palette, double devicePixelRatio)
{
    QPixmap pixmap(swatchSize * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QColor color = runColor(entry.style, isDark(palette));
    if (!entry.visible) {
        color.setAlphaF(0.3F);
    }
    QPainter painter(&pixmap);
    paintSwatch(painter, QRectF(QPointF(), swatchSize), color, 2.5, runDash(entry.style), false);
    return pixmap;
}

} // namespace

RunLegend::RunLegend(QWidget* parent)
    : QListWidget(parent)
{
    setObjectName(QStringLiteral("runLegend"));
    setAccessibleName(tr("Runs in the chart"));
    setFlow(LeftToRight);
    setWrapping(true);
    setResizeMode(Adjust);
    setUniformItemSizes(false);
    setSpacing(1);
    setIconSize(swatchSize);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setSelectionMode(SingleSelection);
    setTextElideMode(Qt::ElideMiddle);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QListWidget::itemClicked, this, &RunLegend::toggle);
    fitHeight();
}

void RunLegend::setEntries(const std::vector<LegendEntry>& entries)
{
    if (entries == m_entries) {
        return;
    }
    m_entries = entries;
    while (count() > static_cast<int>(entries.size())) {
        delete takeItem(count() - 1);
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const int row = static_cast<int>(i);
        if (row == count()) {
            addItem(new QListWidgetItem);
        }
        showEntry(item(row), entries[i]);
    }
    fitHeight();
}

void RunLegend::showEntry(QListWidgetItem* item, const LegendEntry& entry) const
{
    item->setText(fontMetrics().elidedText(entry.name, Qt::ElideMiddle, longestName));
    item->setData(Qt::AccessibleTextRole, entry.visible ? entry.name : tr("%1, hidden").arg(entry.name));
    item->setToolTip(entry.visible ? tr("%1. Click to hide it.").arg(entry.name)
                                   : tr("%1. Click to show it.").arg(entry.name));
    item->setIcon(swatch(entry, palette(), devicePixelRatioF()));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable); // Checked by the whole item, not the box alone.
    item->setCheckState(entry.visible ? Qt::Checked : Qt::Unchecked);
    item->setForeground(entry.visible ? palette().brush(QPalette::Text) : QBrush(secondaryText(palette())));
}

void RunLegend::toggle(const QListWidgetItem* item)
{
    const auto index = static_cast<std::size_t>(row(item));
    if (item != nullptr && index < m_entries.size()) {
        Q_EMIT visibilityWanted(m_entries[index].id, !m_entries[index].visible);
    }
}

void RunLegend::keyPressEvent(QKeyEvent* event)
{
    const bool toggles =
        event->key() == Qt::Key_Space || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (toggles && currentItem() != nullptr) {
        toggle(currentItem());
        return;
    }
    QListWidget::keyPressEvent(event);
}

void RunLegend::contextMenuEvent(QContextMenuEvent* event)
{
    const QListWidgetItem* at =
        event->reason() == QContextMenuEvent::Mouse ? itemAt(event->pos()) : currentItem();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (at != nullptr) {
        const QString id = m_entries[static_cast<std::size_t>(row(at))].id;
        menu->addAction(tr("Show this run alone"), this, [this, id] { Q_EMIT onlyWanted(id); });
    }
    menu->addAction(tr("Show all runs"), this, &RunLegend::allWanted);
    menu->popup(event->globalPos());
}

void RunLegend::resizeEvent(QResizeEvent* event)
{
    QListWidget::resizeEvent(event);
    fitHeight();
}

void RunLegend::changeEvent(QEvent* event)
{
    QListWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        for (int i = 0; i < count(); ++i) {
            showEntry(item(i), m_entries[static_cast<std::size_t>(i)]);
        }
    }
}

void RunLegend::fitHeight()
{
    if (count() > 0) {
        doItemsLayout();
        const int line = visualItemRect(item(0)).height() + 2 * spacing();
        m_height = std::clamp(contentsSize().height(), line, mostLines * line + spacing());
        setFixedHeight(m_height);
    }
    setVisible(count() > 0);
}

QSize RunLegend::sizeHint() const
{
    return {200, m_height};
}

QSize RunLegend::minimumSizeHint() const
{
    return {120, m_height};
}

} // namespace digitpad
