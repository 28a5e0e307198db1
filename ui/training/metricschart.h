#pragma once

#include "core/learning/engine.h"
#include "ui/training/axisscale.h"
#include "ui/training/lossseries.h"

#include <QList>
#include <QTimer>
#include <QWidget>

#include <vector>

class QCheckBox;
class QGridLayout;

namespace digitpad {

class PlotView;

/// The live plots of a run: loss of every batch (faint), smoothed (bold) and of validation after each epoch;
/// below it the accuracies. Data are kept apart from painting: however fast they come, the plots are redrawn
/// at most 20 times a second and only while they can be seen. They stay after the run. GUI thread only.
class MetricsChart : public QWidget
{
    Q_OBJECT

public:
    explicit MetricsChart(QWidget* parent = nullptr);

    /// A widget of the caller's beside the accuracy plot; the chart becomes its parent.
    void setCompanion(QWidget* widget);

    /// Empties the plots for a run of `epochs` epochs.
    void beginRun(int epochs);
    /// The losses of all batches since the last call; `newest` is the last of them.
    void addLosses(const BatchProgress& newest, const QList<double>& losses);
    void addEpoch(const EpochMetrics& metrics);
    /// Redraws at once where something waits to be drawn.
    void flush();

    [[nodiscard]] bool logarithmic() const;
    void setLogarithmic(bool logarithmic);

    /// What the crosshair says of the losses at an epoch (fractional), as lines of text; empty where nothing
    /// is known.
    [[nodiscard]] QString lossTextAt(double epoch) const;
    [[nodiscard]] QString accuracyTextAt(double epoch) const;

    [[nodiscard]] PlotView* lossPlot() const { return m_lossPlot; }
    [[nodiscard]] PlotView* accuracyPlot() const { return m_accuracyPlot; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void layOut();
    void addLines();
    void scheduleRedraw();
    void redraw();
    void redrawLoss();
    void redrawAccuracy();
    void scaleLossAxis();
    void scaleAccuracyAxis();
    void describe();
    [[nodiscard]] double highestLoss() const;
    [[nodiscard]] double lowestLoss() const;
    [[nodiscard]] double epochOfStep(double step) const;
    [[nodiscard]] double plotted(double loss) const;
    [[nodiscard]] const EpochMetrics* epochAt(double epoch) const;

    LossSeries m_losses;
    std::vector<EpochMetrics> m_epochs;
    int m_plannedEpochs = 1;
    double m_batchesPerEpoch = 1;
    SteadyEnd m_lossTop;
    SteadyEnd m_accuracyDepth;
    double m_logFloor = 0; ///< No loss is drawn below; above 0 on a logarithmic axis, where 0 has no place.
    bool m_stale = false;  ///< Data came since the last redraw.

    PlotView* m_lossPlot;
    PlotView* m_accuracyPlot;
    QCheckBox* m_logarithmic;
    QGridLayout* m_layout;
    QTimer m_redraw;
    int m_batchLine = 0;
    int m_smoothedLine = 0;
    int m_validationLossLine = 0;
    int m_trainingAccuracyLine = 0;
    int m_validationAccuracyLine = 0;
};

} // namespace digitpad
