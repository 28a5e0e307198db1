#include "ui/training/runsdelegate.h"

#include "ui/training/runsmodel.h"

#include <QApplication>
#include <QHeaderView>
#include <QPainter>
#include <QTableView>

namespace digitpad {

namespace {

/// Columns that have nothing to say of a run that cannot be read.
bool isFree(int column)
{
    return column != RunsModel::Name && column != RunsModel::State && column != RunsModel::Started;
}

bool isProblem(const QModelIndex& index)
{
    return isFree(index.column()) && !index.data(RunsModel::ProblemRole).toString().isEmpty();
}

/// The free cells of the row that lie beside each other around `column`, wherever columns were moved to.
QRect freeRect(const QTableView& view, const QRect& cell, int column)
{
    const QHeaderView& header = *view.horizontalHeader();
    const auto isPart = [&header](int visual) {
        return visual >= 0 && visual < header.count() && isFree(header.logicalIndex(visual));
    };
    int first = header.visualIndex(column);
    int last = first;
    while (isPart(first - 1)) {
        --first;
    }
    while (isPart(last + 1)) {
        ++last;
    }
    const int lastColumn = header.logicalIndex(last);
    QRect rect = cell;
    rect.setLeft(header.sectionViewportPosition(header.logicalIndex(first)));
    rect.setRight(header.sectionViewportPosition(lastColumn) + header.sectionSize(lastColumn) - 1);
    return rect;
}

} // namespace

void RunsDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (isProblem(index)) {
        option->text.clear(); // paint() writes it.
    }
}

void RunsDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    const auto* view = qobject_cast<const QTableView*>(option.widget);
    if (view == nullptr || !isProblem(index)) {
        return;
    }
    const int margin = view->style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, view) + 1;
    const QRect rect = freeRect(*view, option.rect, index.column()).adjusted(margin, 0, -margin, 0);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QString text = index.data(RunsModel::ProblemRole).toString();
    painter->save();
    painter->setClipRect(option.rect, Qt::IntersectClip); // Each cell draws its part of the sentence.
    painter->setPen(option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(text, Qt::ElideRight, rect.width()));
    painter->restore();
}

} // namespace digitpad
