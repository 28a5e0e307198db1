#pragma once

#include "core/image/digitimage.h"

#include <QWidget>

namespace digitpad {

/// An image as large as there is room for, pixel by pixel, bright ink on black as a network gets it. Where
/// pixels are large enough their values stand in them; the one beneath the mouse is told as a tooltip.
class PixelGrid : public QWidget
{
    Q_OBJECT

public:
    explicit PixelGrid(QWidget* parent = nullptr);

    void setImage(const DigitImage& image);
    [[nodiscard]] const DigitImage& image() const { return m_image; }
    /// The side of a pixel at which values are shown.
    [[nodiscard]] int sideForValues() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override { return width; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] int cell() const;
    [[nodiscard]] QRect grid() const;

    DigitImage m_image;
};

} // namespace digitpad
