#include "ui/training/networktable.h"

#include "ui/training/trainingtext.h"

#include <QHeaderView>

namespace digitpad {

NetworkTable::NetworkTable(QWidget* parent)
    : QTableWidget(0, 3, parent)
{
    setObjectName(QStringLiteral("networkTable"));
    setAccessibleName(tr("Layers of the network"));
    setHorizontalHeaderLabels({tr("Layer"), tr("Output"), tr("Weights")});
    horizontalHeaderItem(0)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeaderItem(1)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeaderItem(2)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setMinimumSectionSize(20);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(0);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 4);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(NoSelection);
    setFocusPolicy(Qt::NoFocus);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setWordWrap(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void NetworkTable::setCell(int row, int column, const QString& text)
{
    QTableWidgetItem* cell = item(row, column);
    if (cell == nullptr) {
        cell = new QTableWidgetItem;
        cell->setTextAlignment((column == 2 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        setItem(row, column, cell);
    }
    cell->setText(text);
    cell->setToolTip(text);
}

void NetworkTable::setLayers(const std::vector<LayerSummary>& layers)
{
    if (layers == m_layers) {
        return;
    }
    m_layers = layers;
    setRowCount(static_cast<int>(layers.size()));
    for (int row = 0; row < rowCount(); ++row) {
        const LayerSummary& layer = layers[static_cast<std::size_t>(row)];
        setCell(row, 0, QString::fromStdString(layer.layer));
        setCell(row, 1, QString::fromStdString(layer.output));
        setCell(row, 2, layer.parameters > 0 ? countText(layer.parameters) : QString());
    }
    fitColumns();
    updateGeometry();
}

void NetworkTable::fitColumns()
{
    // Numbers are shown whole; where that leaves too little for a layer's name, it is elided and in its tip.
    int others = 0;
    for (const int column : {1, 2}) {
        resizeColumnToContents(column);
        others += columnWidth(column);
    }
    setColumnWidth(0, std::max(60, viewport()->width() - others));
}

void NetworkTable::resizeEvent(QResizeEvent* event)
{
    QTableWidget::resizeEvent(event);
    fitColumns();
}

QSize NetworkTable::sizeHint() const
{
    const int rows = rowCount() * verticalHeader()->defaultSectionSize();
    return {240, rows + horizontalHeader()->sizeHint().height() + 2 * frameWidth()};
}

QSize NetworkTable::minimumSizeHint() const
{
    return {180, sizeHint().height()};
}

} // namespace digitpad
