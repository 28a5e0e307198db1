#pragma once

#include "core/learning/samplepreviewer.h"
#include "ui/training/formsection.h"

namespace digitpad {

class SampleStrip;
class VariationList;

/// What happens to an image before the network sees it, step by step in that order, with a preview.
class PreparationSection : public FormSection
{
    Q_OBJECT

public:
    explicit PreparationSection(QWidget* parent = nullptr);

    void store(RunOptions& options) const override;
    void load(const RunOptions& options) override;
    void follow(const RunOptions& options) override;
    [[nodiscard]] QString summary(const RunOptions& options) const override;
    void setLocked(const QString& reason) override;

private:
    void makeVariations();
    void makeFixedSteps();
    void makePreview();
    [[nodiscard]] AugmentationOptions variations() const;
    [[nodiscard]] NormalizationChoice normalization() const;
    void onVaryToggled(bool on);
    void showSteps();
    void showStatistics();
    void drawPreview();
    void drawAnother();
    void onPreview(const SamplePreview& preview);

    QCheckBox* m_vary = nullptr;
    VariationList* m_usual = nullptr;
    VariationList* m_expert = nullptr;
    QLabel* m_tensorStep = nullptr;
    QLabel* m_scaleStep = nullptr;
    QLabel* m_normaliseStep = nullptr;
    FieldGroup* m_normalising = nullptr;
    QComboBox* m_normalization = nullptr;
    QLabel* m_statistics = nullptr;
    SampleStrip* m_strip = nullptr;
    QLabel* m_source = nullptr;
    SamplePreviewer* m_previewer;
    std::optional<SamplePreview> m_preview;
    DataSource m_data;
    std::optional<DataSource> m_drawn; ///< What the preview was last asked for.
    std::uint64_t m_seed = 1;
    bool m_showing = false;
};

} // namespace digitpad
