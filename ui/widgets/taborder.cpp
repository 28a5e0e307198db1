#include "ui/widgets/taborder.h"

#include <QFormLayout>
#include <QGridLayout>
#include <QLayout>
#include <QScrollArea>
#include <QWidget>

#include <algorithm>
#include <tuple>
#include <vector>

namespace digitpad {

namespace {

void collect(QWidget* widget, QWidgetList& stops);

struct Cell
{
    int row;
    int column;
    QLayoutItem* item;
};

/// Rows of grids and forms need not have been filled in order; the items of other layouts are.
std::vector<Cell> cellsOf(QLayout* layout)
{
    const auto* grid = qobject_cast<QGridLayout*>(layout);
    const auto* form = qobject_cast<QFormLayout*>(layout);
    std::vector<Cell> cells;
    for (int i = 0; i < layout->count(); ++i) {
        Cell cell{i, 0, layout->itemAt(i)};
        if (grid != nullptr) {
            int rows = 0;
            int columns = 0;
            grid->getItemPosition(i, &cell.row, &cell.column, &rows, &columns);
        } else if (form != nullptr) {
            QFormLayout::ItemRole role = QFormLayout::LabelRole;
            form->getItemPosition(i, &cell.row, &role);
            cell.column = static_cast<int>(role);
        }
        cells.push_back(cell);
    }
    std::stable_sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) {
        return std::tie(a.row, a.column) < std::tie(b.row, b.column);
    });
    return cells;
}

void collect(QLayout* layout, QWidgetList& stops)
{
    for (const Cell& cell : cellsOf(layout)) {
        if (QWidget* widget = cell.item->widget()) {
            collect(widget, stops);
        } else if (QLayout* inner = cell.item->layout()) {
            collect(inner, stops);
        }
    }
}

void collect(QWidget* widget, QWidgetList& stops)
{
    if ((widget->focusPolicy() & Qt::TabFocus) != 0 && widget->focusProxy() == nullptr) {
        stops.append(widget);
    } else if (const auto* area = qobject_cast<QScrollArea*>(widget); area != nullptr && area->widget()) {
        collect(area->widget(), stops);
    } else if (widget->layout() != nullptr) {
        collect(widget->layout(), stops);
    } else {
        for (QObject* child : widget->children()) { // It places them itself.
            if (auto* part = qobject_cast<QWidget*>(child); part != nullptr && !part->isWindow()) {
                collect(part, stops);
            }
        }
    }
}

} // namespace

void orderTabsAsSeen(QWidget* root)
{
    QWidgetList stops;
    collect(root, stops);
    for (qsizetype i = 1; i < stops.size(); ++i) {
        QWidget::setTabOrder(stops[i - 1], stops[i]);
    }
}

} // namespace digitpad
