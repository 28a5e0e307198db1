#pragma once

#include "core/image/digitimage.h"

#include <QWidget>

namespace digitpad {

/// The 28×28 picture that the network gets, magnified by a whole number of device pixels and never smoothed,
/// with a faint grid.
class DigitPreview : public QWidget
{
    Q_OBJECT

public:
    explicit DigitPreview(QWidget* parent = nullptr);

    void setImage(const DigitImage& image);
    [[nodiscard]] const DigitImage& image() const { return m_image; }
    /// Where a pixel of the picture is shown, in the widget's coordinates.
    [[nodiscard]] QRectF cellRect(int x, int y) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    /// Device pixels.
    [[nodiscard]] int cellSide() const;

    DigitImage m_image;
};

} // namespace digitpad
