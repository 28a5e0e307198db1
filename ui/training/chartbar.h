#pragma once

#include "ui/training/plotscene.h"

#include <QList>
#include <QTimer>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QMenu;
class QSlider;
class QToolButton;

namespace digitpad {

/// The controls above the plots: which of them are shown, and how. Remembers the person's choices.
class ChartBar : public QWidget
{
    Q_OBJECT

public:
    explicit ChartBar(QWidget* parent = nullptr);
    ~ChartBar() override;

    [[nodiscard]] PlotOptions options() const;
    /// In the order of allMetrics; never empty.
    [[nodiscard]] QList<Metric> metrics() const;
    /// The part of the runs, from their end, that is to be followed; 1 for the whole.
    [[nodiscard]] double shownPart() const;
    [[nodiscard]] QMenu* exportMenu() const { return m_exportMenu; }

    void setMetrics(const QList<Metric>& metrics);
    void setLogarithmic(bool logarithmic);
    void setXAxis(XAxis axis);
    /// Of the slider, 0 to 100.
    void setSmoothing(int position);
    /// Whether the view is another than the one chosen here, and can be reset.
    void setZoomed(bool zoomed);

Q_SIGNALS:
    void changed();
    /// The axes stand for something else than before.
    void axesChanged();
    void resetRequested();
    void exportRequested();
    void copyRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void makeMetricButtons();
    void makeViewControls();
    void makeExportButton();
    void layOut();
    void load();
    void save() const;
    void onMetricToggled(QToolButton* button);
    void colorMetricButtons();
    void showSmoothing();
    void onChanged();

    QList<QToolButton*> m_metrics; ///< In the order of allMetrics.
    QComboBox* m_xAxis;
    QComboBox* m_part;
    QCheckBox* m_logarithmic;
    QCheckBox* m_eachBatch;
    QCheckBox* m_training;
    QCheckBox* m_validation;
    QSlider* m_smoothing;
    QLabel* m_smoothingText;
    QToolButton* m_reset;
    QToolButton* m_export;
    QMenu* m_exportMenu;
    QTimer m_save;
    bool m_loading = false;
};

/// The mean's reach in epochs at a position of the slider, 0 to 100.
double smoothingReach(int position);

} // namespace digitpad
