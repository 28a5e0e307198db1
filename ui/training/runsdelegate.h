#pragma once

#include <QStyledItemDelegate>

namespace digitpad {

/// Paints the cells of a RunsModel. Of a run that cannot be read nothing is known but why: that sentence runs
/// over its empty cells, as a long text does in a spreadsheet. For a QTableView.
class RunsDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

} // namespace digitpad
