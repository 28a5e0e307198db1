#pragma once

#include "core/image/digitimage.h"
#include "core/learning/robustness.h"

#include <QImage>
#include <QList>
#include <QWidget>

#include <functional>

namespace digitpad {

/// One digit at every level of a distortion, each beneath its place in a chart. GUI thread only.
class DistortionStrip : public QWidget
{
    Q_OBJECT

public:
    /// `placeOf` gives where a level lies, as an x of this widget; asked when it paints.
    DistortionStrip(Distortion distortion, std::function<double(double level)> placeOf,
                    QWidget* parent = nullptr);

    /// `index` chooses the direction of a shift and the noise.
    void setImage(const DigitImage& image, std::size_t index);
    void clear();
    /// Framed; -1 for none.
    void setCurrent(int level);
    [[nodiscard]] QRect cellRect(int level) const;

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] int side() const;

    Distortion m_distortion;
    std::function<double(double)> m_placeOf;
    QList<QImage> m_images;
    int m_current = -1;
};

} // namespace digitpad
