#pragma once

#include "core/report/evaluationdata.h"

#include <QScrollArea>

#include <memory>

class QDoubleSpinBox;
class QLabel;
class QPushButton;

namespace digitpad {

class EvaluationChart;
class NoteLabel;
class ThresholdChart;

/// Whether a model's confidence means what it says, and what a threshold of it would turn away. Shows, and
/// changes nothing: the threshold that is tried here is this page's alone. GUI thread only.
class ConfidencePage : public QScrollArea
{
    Q_OBJECT

public:
    explicit ConfidencePage(QWidget* parent = nullptr);

    /// Null clears. The threshold to try begins at the model's own.
    void setEvaluation(std::shared_ptr<const EvaluationData> evaluation);
    /// What is tried, 0 to 1.
    [[nodiscard]] double threshold() const;

private:
    QWidget* makeSection(const QString& title, NoteLabel* note, QWidget* chart);
    QWidget* makeThresholdPane();
    void connectParts();
    void showReliability();
    void showConfidences();
    void showAcceptance();
    void setThreshold(double threshold);
    void showConsequences();
    void clear();

    std::shared_ptr<const EvaluationData> m_evaluation;
    QWidget* m_content;
    EvaluationChart* m_reliability;
    NoteLabel* m_reliabilityNote;
    EvaluationChart* m_confidences;
    NoteLabel* m_confidencesNote;
    ThresholdChart* m_acceptance;
    NoteLabel* m_acceptanceNote;
    QDoubleSpinBox* m_threshold = nullptr; ///< Per cent.
    QPushButton* m_reset = nullptr;
    QLabel* m_consequences = nullptr;
    NoteLabel* m_own = nullptr;
};

} // namespace digitpad
