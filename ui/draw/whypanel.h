#pragma once

#include "core/learning/explainer.h"
#include "core/learning/prediction.h"
#include "core/learning/recognizer.h"

#include <QWidget>

#include <memory>
#include <optional>

class QLabel;
class QStackedLayout;

namespace digitpad {

class ColorLegend;
class LayerView;
class RivalPicker;
class SaliencyMap;

/// Why the network reads the drawing as it does: which ink spoke for the guess, which for it rather than for
/// another digit, and what the first layer answers. Follows the drawing while it is visible; hidden, it does
/// no work at all. What does not fit is scrolled to.
class WhyPanel : public QWidget
{
    Q_OBJECT

public:
    explicit WhyPanel(QWidget* parent = nullptr);
    ~WhyPanel() override;

    /// The model that makes the predictions; null for none.
    void setModel(std::shared_ptr<const Model> model);
    void setState(Recognizer::State state);
    /// An empty pad has nothing to explain, whatever came before. The runner-up is the rival again.
    void setPadEmpty(bool empty);
    void setPrediction(const Prediction& prediction);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct MapColumn
    {
        QLabel* title;
        SaliencyMap* map;
        ColorLegend* legend;
    };

    void buildNothing();
    void buildExplanation();
    QWidget* makeMaps(QWidget* parent);
    MapColumn makeMapColumn(const char* name, QWidget* parent);
    QWidget* makeRivalRow(QWidget* parent);
    QWidget* makeLayer(QWidget* parent);
    void connectParts();

    /// Asks for what follows from pad, model, prediction and rival, or says why there is nothing.
    void ask();
    [[nodiscard]] int rival() const;
    void showNothing(const QString& text);
    void showExplained(const ExplainedImage& explained);
    /// In words what is pointed at; where nothing is, what there is to see.
    void sayMap();
    void sayUnit();
    void applyPalette();

    Explainer* m_explainer;
    std::shared_ptr<const Model> m_model;
    Recognizer::State m_state = Recognizer::State::Loading;
    bool m_padEmpty = true;
    std::optional<Prediction> m_prediction;
    std::optional<int> m_chosenRival;
    ExplainedImage m_explained; ///< As shown: its maps are shared along the ink.

    QStackedLayout* m_pages;
    QWidget* m_nothing;
    QLabel* m_nothingText;
    QWidget* m_explanation;
    MapColumn m_forDigit{};
    MapColumn m_againstRival{};
    QLabel* m_mapWords;
    RivalPicker* m_rivals;
    LayerView* m_layer;
    QLabel* m_layerWords;
    QLabel* m_unitWords;
};

} // namespace digitpad
