#pragma once

#include "core/learning/evaluationfigures.h"

#include <QPoint>
#include <QWidget>

#include <optional>

namespace digitpad {

/// The confusion matrix as a heat map: a row a true digit, a column a guess. Errors are strong, the diagonal
/// is muted. Cells are gone through with the arrow keys; Return or a click chooses one.
class ConfusionView : public QWidget
{
    Q_OBJECT

public:
    explicit ConfusionView(QWidget* parent = nullptr);

    void setConfusion(const ConfusionMatrix& confusion);
    /// Per cent of a row instead of counts.
    void setPerCent(bool on);
    [[nodiscard]] bool perCent() const { return m_perCent; }
    /// In the widget's coordinates.
    [[nodiscard]] QRect cellRect(int truth, int guess) const;
    /// "27 of 1,010 fours (2.7 %) are read as nines" in words for tooltips and screen readers.
    [[nodiscard]] QString cellText(int truth, int guess) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// A cell with images in it.
    void cellChosen(int truth, int guess);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Cell
    {
        int truth = 0;
        int guess = 0;

        bool operator==(const Cell&) const = default;
    };
    [[nodiscard]] std::optional<Cell> cellAt(QPoint place) const;
    [[nodiscard]] std::int64_t count(const Cell& cell) const;
    [[nodiscard]] double share(const Cell& cell) const;
    [[nodiscard]] QColor ground(const Cell& cell) const;
    [[nodiscard]] QString number(const Cell& cell) const;
    [[nodiscard]] int side() const;
    [[nodiscard]] QPoint origin() const;
    void paintCell(QPainter& painter, const Cell& cell) const;
    void paintHeads(QPainter& painter) const;
    void setCurrent(const Cell& cell);
    void choose(const Cell& cell);

    ConfusionMatrix m_confusion{};
    std::array<std::int64_t, digitClasses> m_rows{}; ///< Sums.
    double m_largestError = 0;                       ///< Of the shares beside the diagonal.
    bool m_perCent = false;
    Cell m_current;
    std::optional<Cell> m_pressed;
    std::optional<Cell> m_hovered;
};

} // namespace digitpad
