#pragma once

#include "core/learning/robustnessrunner.h"
#include "core/report/evaluationdata.h"

#include <QScrollArea>

#include <cstddef>
#include <memory>
#include <vector>

class QLabel;
class QProgressBar;
class QPushButton;

namespace digitpad {

class DistortionStrip;
class EvaluationChart;
class MessageBar;
class NoteLabel;

/// How a model's accuracy falls as images depart from what it was trained on: measured when the person asks
/// for it, off the GUI thread, with a way out. GUI thread only.
class RobustnessPage : public QScrollArea
{
    Q_OBJECT

public:
    explicit RobustnessPage(QWidget* parent = nullptr);
    ~RobustnessPage() override;

    /// The model that `evaluation` is of; null clears. Curves that the evaluation has are shown; what is
    /// being measured of another model or set ends without a word, of the same one it goes on.
    void setModel(std::shared_ptr<const Model> model, std::shared_ptr<const EvaluationData> evaluation);
    [[nodiscard]] bool measuring() const;

    /// Digits that each point is measured with, at most.
    static constexpr std::size_t images = 1000;

Q_SIGNALS:
    /// Of the model and the evaluation that were set last.
    void measured(const std::vector<digitpad::RobustnessCurve>& curves);

private:
    struct Panel
    {
        Distortion distortion = Distortion::Shift;
        EvaluationChart* chart = nullptr;
        DistortionStrip* strip = nullptr;
    };

    QWidget* makeHead();
    QWidget* makePanel(Distortion distortion);
    QWidget* makeSummary();
    void measure();
    void onMeasured(const std::vector<RobustnessCurve>& curves);
    void onEnd();
    void showState();
    void showCurves(const std::vector<RobustnessCurve>& curves);
    void showCurve(const Panel& panel, const RobustnessCurve& curve);
    void showSample();
    void nextSample();

    std::shared_ptr<const Model> m_model;
    std::shared_ptr<const EvaluationData> m_evaluation;
    RobustnessRunner* m_runner;
    bool m_hasCurves = false;
    std::size_t m_sample = 0; ///< A place in the set.

    QWidget* m_content;
    NoteLabel* m_note = nullptr;
    QPushButton* m_measure = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_other = nullptr;
    MessageBar* m_message = nullptr;
    QWidget* m_summaryBox = nullptr;
    QLabel* m_summary = nullptr;
    std::vector<Panel> m_panels; ///< In the order of distortions().
};

} // namespace digitpad
