#pragma once

#include "core/image/digitimage.h"

#include <QImage>
#include <QList>
#include <QWidget>

#include <vector>

namespace digitpad {

/// Samples beside each other, and under each what a network in training may see of it. A click asks for
/// others.
class SampleStrip : public QWidget
{
    Q_OBJECT

public:
    static constexpr int samples = 8;

    explicit SampleStrip(QWidget* parent = nullptr);

    /// As many of either.
    void setSamples(const std::vector<DigitImage>& plain, const std::vector<DigitImage>& varied);
    [[nodiscard]] const std::vector<DigitImage>& plain() const { return m_plainImages; }
    [[nodiscard]] const std::vector<DigitImage>& varied() const { return m_variedImages; }

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void shown();
    void clicked();

protected:
    void showEvent(QShowEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    static constexpr int gap = 3;
    static constexpr int largestSide = 36;

    [[nodiscard]] int cellSide() const;
    void paintRow(QPainter& painter, int top, const QList<QImage>& images) const;

    std::vector<DigitImage> m_plainImages;
    std::vector<DigitImage> m_variedImages;
    QList<QImage> m_plain;
    QList<QImage> m_varied;
};

} // namespace digitpad
