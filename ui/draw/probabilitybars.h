#pragma once

#include "core/image/digitimage.h"

#include <QWidget>

#include <array>

namespace digitpad {

/// "97 %". No network is certain, though a softmax in float ends in 1 easily: what rounds to 100 is ">99 %".
QString percentageText(float probability);

/// Ten bars, 0 to 9, with their percentages; the best guess stands out. Assistive technology reads the
/// guesses worth naming as the widget's description. Each row is a button by which the person says what the
/// drawing was; together they are one stop of the Tab key, and the arrow keys go from row to row. A line
/// beneath says so.
class ProbabilityBars : public QWidget
{
    Q_OBJECT

public:
    using Values = std::array<float, digitClasses>;

    explicit ProbabilityBars(QWidget* parent = nullptr);

    /// Probabilities, 0 to 1. `best` is the digit that stands out, -1 for none; `sure` chooses its colour.
    void setValues(const Values& values, int best, bool sure);
    /// Empty bars without percentages.
    void clear();
    /// Only shows: nothing can be clicked, and no line beneath says so. For good.
    void setPassive();

    [[nodiscard]] const Values& values() const { return m_values; }
    /// Where the bar of a digit can be at most, in the widget's coordinates.
    [[nodiscard]] QRect trackRect(int digit) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    /// A row was clicked, whether there is a drawing or not.
    void digitClicked(int digit);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    class Row;

    void placeRows();
    void paintRow(QPainter& painter, int digit) const;
    /// Makes the row of a digit the one that the Tab key comes to.
    void setCurrent(int digit);
    [[nodiscard]] Row* row(int digit) const { return m_rows[static_cast<std::size_t>(digit)]; }
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] QString rowText(int digit) const;
    [[nodiscard]] QString description() const;

    std::array<Row*, digitClasses> m_rows{};
    Values m_values{};
    int m_best = -1;
    int m_current = 0;
    bool m_sure = false;
    bool m_empty = true;
    bool m_passive = false;
};

} // namespace digitpad
