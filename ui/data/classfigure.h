#pragma once

#include "core/data/digitstatistics.h"

#include <QImage>
#include <QWidget>

#include <vector>

namespace digitpad {

/// The classes side by side, each with its mean image, the standard deviation of each pixel, and how its
/// stroke widths are spread: the wider the shape, the more images; a line marks the median. Classes without
/// images are left out. A click, or the arrow keys and Return, choose one.
class ClassFigure : public QWidget
{
    Q_OBJECT

public:
    explicit ClassFigure(QWidget* parent = nullptr);

    void setStatistics(const DigitStatistics& statistics);
    /// Labels, in the order in which they stand.
    [[nodiscard]] const std::vector<int>& labels() const { return m_labels; }
    [[nodiscard]] QRectF columnRect(int column) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void labelChosen(int label);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Column
    {
        ClassStatistics statistics;
        QImage mean;
        QImage deviation;
    };

    [[nodiscard]] int titleWidth() const;
    [[nodiscard]] int pictureSide() const;
    [[nodiscard]] int columnAt(QPointF place) const;
    [[nodiscard]] double widthsTop() const;
    [[nodiscard]] double yOfWidth(double width) const;
    [[nodiscard]] QString tip(int column) const;
    void setMarked(int column);
    void paintTitles(QPainter& painter) const;
    void paintColumn(QPainter& painter, int column) const;
    void paintSpread(QPainter& painter, int column) const;

    std::vector<int> m_labels;
    std::vector<Column> m_columns;
    int m_marked = -1;
};

} // namespace digitpad
