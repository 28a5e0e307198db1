#pragma once

#include "core/image/digitimage.h"

#include <QWidget>

#include <array>

namespace digitpad {

/// The 28×28 picture with what its ink spoke for (blue) and against (orange), each pixel a square of a whole
/// number of device pixels.
class SaliencyMap : public QWidget
{
    Q_OBJECT

public:
    using Values = std::array<float, digitPixels>;

    explicit SaliencyMap(QWidget* parent = nullptr);

    /// 28×28 row-major; the largest magnitude gets the full colour.
    void setValues(const DigitImage& image, const Values& values);
    [[nodiscard]] const DigitImage& image() const { return m_image; }
    [[nodiscard]] const Values& values() const { return m_values; }
    /// Row-major; -1 for none.
    [[nodiscard]] int pointedPixel() const { return m_pointed; }
    /// Where a pixel of the picture is shown, in the widget's coordinates.
    [[nodiscard]] QRectF cellRect(int x, int y) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    /// The pointer came to another pixel, or left the picture.
    void pixelPointedAt(int pixel);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] double cellSide() const; ///< Logical pixels.
    void pointAt(QPointF position);
    void setPointed(int pixel);

    DigitImage m_image;
    Values m_values{};
    float m_scale = 0;
    int m_pointed = -1;
};

/// Each inked pixel's value shared with the ink around it (binomial, 3×3), because attributions alternate
/// from one pixel to the next, and only what neighbours say together can be seen. The map's sum stays.
SaliencyMap::Values sharedAlongInk(const DigitImage& image, const SaliencyMap::Values& values);

} // namespace digitpad
