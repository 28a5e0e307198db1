#pragma once

#include "core/learning/explanation.h"

#include <QWidget>

#include <vector>

namespace digitpad {

/// What the first layer answers, a tile for each of its units. Of a convolution: the pattern that it looks
/// for and, beside it, where in the picture it was found, in the layer's order. Of a fully connected layer:
/// the unit's weights for the whole picture and, below them, how strongly it answers, the strongest first.
class LayerView : public QWidget
{
    Q_OBJECT

public:
    /// More units than this are not shown.
    static constexpr int mostTiles = 128;

    explicit LayerView(QWidget* parent = nullptr);

    void setResponses(const LayerResponses& responses);
    [[nodiscard]] const LayerResponses& responses() const { return m_responses; }
    /// The units that are shown, from the upper left on, row by row.
    [[nodiscard]] const std::vector<int>& units() const { return m_units; }
    /// A unit's strongest answer, over all places.
    [[nodiscard]] float strongest(int unit) const { return m_strongest[static_cast<std::size_t>(unit)]; }
    /// -1 for none.
    [[nodiscard]] int pointedUnit() const;
    /// Where the tile at a place in units() is shown, in the widget's coordinates.
    [[nodiscard]] QRect tileRect(int place) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    /// The pointer came to another unit, or to none: -1.
    void unitPointedAt(int unit);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] bool convolutional() const { return m_responses.width > 1; }
    [[nodiscard]] int columns() const;
    [[nodiscard]] int tileHeight() const;
    void paintTile(QPainter& painter, int place) const;
    void paintConvolution(QPainter& painter, const QRect& tile, int unit) const;
    void paintFullyConnected(QPainter& painter, const QRect& tile, int unit) const;
    [[nodiscard]] QImage filterPicture(int unit) const;
    [[nodiscard]] QImage responsePicture(int unit) const;
    void pointAt(QPoint position);
    void setPointed(int place);

    LayerResponses m_responses;
    std::vector<float> m_strongest; ///< Of each unit.
    float m_scale = 0;              ///< The strongest answer of all.
    std::vector<int> m_units;
    int m_pointed = -1; ///< A place in m_units.
};

} // namespace digitpad
