#include "ui/evaluation/evaluationpages.h"

#include "ui/evaluation/comparisonpage.h"
#include "ui/evaluation/confidencepage.h"
#include "ui/evaluation/figurespage.h"
#include "ui/evaluation/readingspage.h"
#include "ui/evaluation/robustnesspage.h"

namespace digitpad {

void EvaluationPages::makeNext(QWidget* parent)
{
    if (m_figures == nullptr) {
        m_figures = new FiguresPage(parent);
    } else if (m_readings == nullptr) {
        m_readings = new ReadingsPage(parent);
    } else if (m_confidence == nullptr) {
        m_confidence = new ConfidencePage(parent);
    } else if (m_robustness == nullptr) {
        m_robustness = new RobustnessPage(parent);
    } else {
        m_comparison = new ComparisonPage(parent);
    }
}

} // namespace digitpad
