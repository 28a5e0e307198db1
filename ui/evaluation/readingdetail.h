#pragma once

#include <QList>
#include <QWidget>

class QAction;
class QLabel;

namespace digitpad {

class PixelGrid;
class ProbabilityBars;
class ReadingItems;

/// Beside a gallery of readings: the current image large, what it is and was read as, and all ten
/// confidences.
class ReadingDetail : public QWidget
{
    Q_OBJECT

public:
    /// `items` and the actions outlive the pane. The actions get buttons in this order, two a row.
    ReadingDetail(const ReadingItems* items, const QList<QAction*>& actions, QWidget* parent = nullptr);

    /// `row` is the current one, or -1.
    void show(int row, int selected);

private:
    void showNothing();

    const ReadingItems* m_items;
    PixelGrid* m_grid;
    QLabel* m_title;
    QLabel* m_facts;
    ProbabilityBars* m_bars;
};

} // namespace digitpad
