#pragma once

class QWidget;

namespace digitpad {

class ComparisonPage;
class ConfidencePage;
class FiguresPage;
class ReadingsPage;
class RobustnessPage;

/// The pages of the Evaluation tab, made one at a time: to make all at once takes longer than one turn of the
/// event loop may. They are their parents' to delete. GUI thread only.
class EvaluationPages
{
public:
    /// As a child of `parent`, where it stays out of sight until a layout has it. Not once complete() is
    /// true.
    void makeNext(QWidget* parent);
    [[nodiscard]] bool complete() const { return m_comparison != nullptr; }

    // Null until they are made, in this order.
    [[nodiscard]] FiguresPage* figures() const { return m_figures; }
    [[nodiscard]] ReadingsPage* readings() const { return m_readings; }
    [[nodiscard]] ConfidencePage* confidence() const { return m_confidence; }
    [[nodiscard]] RobustnessPage* robustness() const { return m_robustness; }
    [[nodiscard]] ComparisonPage* comparison() const { return m_comparison; }

private:
    FiguresPage* m_figures = nullptr;
    ReadingsPage* m_readings = nullptr;
    ConfidencePage* m_confidence = nullptr;
    RobustnessPage* m_robustness = nullptr;
    ComparisonPage* m_comparison = nullptr;
};

} // namespace digitpad
