#pragma once

#include "core/learning/networksummary.h"

#include <QTableWidget>

namespace digitpad {

/// The layers of a network, what they give and how many parameters they have; as high as its rows.
class NetworkTable : public QTableWidget
{
    Q_OBJECT

public:
    explicit NetworkTable(QWidget* parent = nullptr);

    void setLayers(const std::vector<LayerSummary>& layers);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void setCell(int row, int column, const QString& text);
    void fitColumns();

    std::vector<LayerSummary> m_layers;
};

} // namespace digitpad
