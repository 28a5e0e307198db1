#pragma once

#include "core/report/evaluationdata.h"

#include <QScrollArea>

#include <memory>

class QLabel;
class QTableWidget;

namespace digitpad {

class NoteLabel;

/// What a model's readings come to: accuracy with its interval, the other figures, and how well each digit is
/// read. GUI thread only.
class FiguresPage : public QScrollArea
{
    Q_OBJECT

public:
    explicit FiguresPage(QWidget* parent = nullptr);

    /// Null clears.
    void setEvaluation(const std::shared_ptr<const EvaluationData>& evaluation);
    /// What was left out while reading, in sentences.
    void setWarnings(const QStringList& warnings);

Q_SIGNALS:
    /// The misread images of a digit are asked for.
    void digitChosen(int digit);

private:
    QWidget* makeHead();
    QWidget* makeFacts();
    QWidget* makeTable();
    void fillFacts(const EvaluationData& evaluation);
    void fillTable(const EvaluationFigures& figures);
    void setCell(int row, int column, const QString& text);

    QWidget* m_content;
    QLabel* m_accuracy = nullptr;
    NoteLabel* m_interval = nullptr;
    QLabel* m_model = nullptr;
    QLabel* m_data = nullptr;
    QLabel* m_loss = nullptr;
    QLabel* m_topTwo = nullptr;
    QLabel* m_speed = nullptr;
    QLabel* m_calibration = nullptr;
    QLabel* m_turnedAway = nullptr;
    QLabel* m_others = nullptr;
    QLabel* m_roc = nullptr;
    QLabel* m_warnings = nullptr;
    QTableWidget* m_table = nullptr;
};

} // namespace digitpad
