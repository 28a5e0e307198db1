#pragma once

#include <QWidget>

class QLabel;
class QSlider;

namespace digitpad {

/// Chooses the diameter of pen and eraser, 1 to 20 % of the pad: a slider between a dot that shows the size
/// and the figure.
class BrushSize : public QWidget
{
    Q_OBJECT

public:
    explicit BrushSize(QWidget* parent = nullptr);

    /// Per cent of the pad's side.
    [[nodiscard]] int percent() const;
    void setPercent(int percent);
    /// To the next size that makes a difference to the eye: a step grows with the size.
    void stepUp();
    void stepDown();

Q_SIGNALS:
    void percentChanged(int percent);
    /// The slider is being held, or let go.
    void adjusting(bool held);

private:
    QWidget* m_dot;
    QSlider* m_slider;
    QLabel* m_label;
};

} // namespace digitpad
