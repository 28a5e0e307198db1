#pragma once

#include "core/data/mydigits.h"
#include "core/ink/drawing.h"
#include "core/learning/recognizer.h"
#include "core/report/evaluator.h"
#include "ui/evaluation/evaluationpages.h"
#include "ui/widgets/tones.h"

#include <QFuture>
#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLabel;
class QListWidget;
class QMimeData;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace digitpad {

class CollectionEditor;
class ConfusionView;
class FloatingMessage;
class ModelChooser;
class SourceBar;
class StatePage;

/// Where exactly a model fails: any model is measured on any source off the GUI thread, and what came of it
/// is looked through, compared and written as a report. GUI thread only.
class EvaluationTab : public QWidget
{
    Q_OBJECT

public:
    /// `recognizer` and `digits` outlive the tab. Pages that are made already are taken over.
    EvaluationTab(Recognizer* recognizer, MyDigits* digits, QWidget* parent = nullptr,
                  const EvaluationPages& pages = {});
    /// Ends what is being measured or written, and waits for that.
    ~EvaluationTab() override;

    /// Measures the chosen model on the chosen source.
    void evaluate();
    /// A model file, or a file or folder of data; neither is measured before the person says so.
    void open(const QString& path);
    void setSource(const DataSource& source);
    [[nodiscard]] ModelChooser* chooser() const { return m_chooser; }
    /// What is shown; null where nothing is.
    [[nodiscard]] std::shared_ptr<const FinishedEvaluation> shown() const;
    [[nodiscard]] bool busy() const { return m_evaluator->busy(); }
    void focusUsual();
    void say(Tone tone, const QString& text, const QString& actionText = {},
             std::function<void()> action = {});

Q_SIGNALS:
    /// An image is to be put on the pad.
    void padRequested(const digitpad::PadContent& content);
    /// The same for one of My digits.
    void digitRequested(quint64 id);
    /// MNIST is missing; the Data tab downloads it.
    void downloadRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    enum Page { States, Figures, Confusion, Images, Confidence, Robustness, Compare };

    // evaluationtablayout.cpp
    void layOut(EvaluationPages pages);
    QWidget* makeChoices();
    QWidget* makeSwitches();
    void makeStates();
    QWidget* makeConfusionPage();
    void connectParts();
    void connectPages();
    void connectEditor();

    // evaluationtabrequest.cpp
    [[nodiscard]] bool chosenCanBeMeasured();
    [[nodiscard]] QString whyMineCannot() const;
    [[nodiscard]] EvaluationRequest requestOf(const DataSource& source);
    [[nodiscard]] std::shared_ptr<const DigitSet> knownSet(const DataSource& source) const;
    void evaluateAgain();

    [[nodiscard]] bool isMine(const DataSource& source) const;
    void start(const EvaluationRequest& request);
    void onProgress(Evaluator::Phase phase, const ReadingProgress& progress);
    void onEvaluated(const std::shared_ptr<const FinishedEvaluation>& evaluation);
    void onFailed(const QString& problem);
    void onCancelled();
    void onRobustness(const std::vector<RobustnessCurve>& curves);
    void showEvaluation(std::size_t place, bool keepPlace);
    void showPage(Page page);
    void showState(StatePage* page);
    void fillResults();
    void fillFrequent(const ConfusionMatrix& confusion);
    void setUpEditing();
    void compareAll();
    void remove(int place);

    // evaluationtabactions.cpp
    void toPad(std::size_t image);
    void copy(std::size_t image);
    void chooseReport(const QString& ending);
    void writeReport(const QString& path);

    Recognizer* m_recognizer;
    MyDigits* m_digits;
    Evaluator* m_evaluator;
    CollectionEditor* m_editor;
    std::vector<std::shared_ptr<const FinishedEvaluation>> m_finished; ///< The newest last.
    std::size_t m_shown = 0;                                           ///< Of those, where there are any.
    DataSource m_source;                                               ///< What is chosen.
    EvaluationRequest m_request;                                       ///< What is being measured.
    std::vector<quint64> m_mineIds;  ///< Of My digits, as they were read for m_request.
    std::vector<quint64> m_shownIds; ///< The same of what is shown.
    bool m_keepPlace = false;        ///< What is measured takes the place of what is shown.
    Page m_page = Figures;
    bool m_restored = false;
    QFuture<void> m_report;

    ModelChooser* m_chooser;
    SourceBar* m_bar;
    QCheckBox* m_withNonDigits = nullptr;
    QPushButton* m_evaluate = nullptr;
    QWidget* m_switches = nullptr;
    QButtonGroup* m_views = nullptr;
    QComboBox* m_results = nullptr;
    QToolButton* m_reportButton = nullptr;
    QStackedWidget* m_pages = nullptr;
    QStackedWidget* m_states = nullptr;
    StatePage* m_start = nullptr;
    StatePage* m_mnist = nullptr;
    StatePage* m_loading = nullptr;
    StatePage* m_failed = nullptr;
    QProgressBar* m_progress = nullptr;
    FiguresPage* m_figures = nullptr;
    ConfusionView* m_confusion = nullptr;
    QListWidget* m_frequent = nullptr; ///< The most frequent confusions.
    ReadingsPage* m_readings = nullptr;
    ConfidencePage* m_confidence = nullptr;
    RobustnessPage* m_robustness = nullptr;
    ComparisonPage* m_comparison = nullptr;
    FloatingMessage* m_message;
};

} // namespace digitpad
