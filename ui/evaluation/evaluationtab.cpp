#include "ui/evaluation/evaluationtab.h"

#include "ui/data/collectioneditor.h"
#include "ui/data/datatext.h"
#include "ui/data/sourcebar.h"
#include "ui/evaluation/comparisonpage.h"
#include "ui/evaluation/confidencepage.h"
#include "ui/evaluation/confusionview.h"
#include "ui/evaluation/figurespage.h"
#include "ui/evaluation/modelchooser.h"
#include "ui/evaluation/readingspage.h"
#include "ui/evaluation/robustnesspage.h"
#include "ui/widgets/droppedfile.h"
#include "ui/widgets/floatingmessage.h"
#include "ui/widgets/statepage.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QKeyEvent>
#include <QListWidget>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

constexpr std::size_t keptEvaluations = 8;
constexpr int barSteps = 1000;

bool isModelFile(const QString& path)
{
    return path.endsWith(u".pt", Qt::CaseInsensitive) || path.endsWith(u".pth", Qt::CaseInsensitive);
}

QString partSetting()
{
    return QStringLiteral("evaluation/part");
}

QString nonDigitsSetting()
{
    return QStringLiteral("evaluation/nonDigits");
}

} // namespace

EvaluationTab::EvaluationTab(Recognizer* recognizer, MyDigits* digits, QWidget* parent,
                             const EvaluationPages& pages)
    : QWidget(parent)
    , m_recognizer(recognizer)
    , m_digits(digits)
    , m_evaluator(new Evaluator(this))
    , m_editor(new CollectionEditor(digits, this))
    , m_chooser(new ModelChooser(recognizer, this))
    , m_bar(new SourceBar(digits->path(), this))
    , m_message(new FloatingMessage(this))
{
    setObjectName(QStringLiteral("evaluationTab"));
    setAcceptDrops(true);
    m_bar->hideReload();
    m_source.parts = QStringList{QStringLiteral("mnist")};
    m_bar->setSource(m_source);
    layOut(pages);
    connectParts();
    connectPages();
    connectEditor();
    showState(m_start);
}

EvaluationTab::~EvaluationTab()
{
    m_report.waitForFinished();
}

std::shared_ptr<const FinishedEvaluation> EvaluationTab::shown() const
{
    return m_shown < m_finished.size() ? m_finished[m_shown] : nullptr;
}

bool EvaluationTab::isMine(const DataSource& source) const
{
    return source.parts.value(0) == m_digits->path();
}

void EvaluationTab::setSource(const DataSource& source)
{
    m_source = source;
    m_bar->setSource(source);
    if (!m_evaluator->busy() && m_finished.empty()) {
        showState(m_start);
    }
}

void EvaluationTab::open(const QString& path)
{
    if (isModelFile(path)) {
        m_chooser->open(path);
        return;
    }
    DataSource source = m_source;
    source.parts = QStringList{QFileInfo(path).absoluteFilePath()};
    setSource(source);
}

void EvaluationTab::start(const EvaluationRequest& request)
{
    m_request = request;
    if (!m_keepPlace) {
        m_loading->setTitle(tr("Evaluating %1…").arg(request.modelName));
        m_loading->setText(QStringLiteral(" ")); // Keeps the line's height.
        m_progress->setRange(0, 0);
        showState(m_loading);
    }
    m_evaluate->setEnabled(false);
    m_evaluator->evaluate(request);
}

void EvaluationTab::onProgress(Evaluator::Phase phase, const ReadingProgress& progress)
{
    const QString images = imagesText(static_cast<qint64>(progress.images));
    switch (phase) {
    case Evaluator::Phase::LoadingModel:
        m_loading->setText(tr("Loading the model"));
        break;
    case Evaluator::Phase::Reading:
        m_loading->setText(tr("%1 loaded").arg(images));
        break;
    case Evaluator::Phase::Measuring:
        m_loading->setText(tr("%1 read").arg(images));
        break;
    }
    m_progress->setRange(0, progress.part < 0 ? 0 : barSteps);
    m_progress->setValue(static_cast<int>(progress.part * barSteps));
}

void EvaluationTab::onEvaluated(const std::shared_ptr<const FinishedEvaluation>& evaluation)
{
    m_evaluate->setEnabled(true);
    // The same model on the same source takes the older one's place.
    std::erase_if(m_finished, [&evaluation](const auto& other) {
        return other->data->model == evaluation->data->model && other->source == evaluation->source;
    });
    m_finished.push_back(evaluation);
    if (m_finished.size() > keptEvaluations) {
        m_finished.erase(m_finished.begin());
    }
    m_shownIds = m_mineIds;
    showEvaluation(m_finished.size() - 1, std::exchange(m_keepPlace, false));
    QSettings().setValue(partSetting(), isMine(evaluation->source) ? QStringLiteral("mine")
                                                                   : evaluation->source.parts.value(0));
    QSettings().setValue(nonDigitsSetting(), m_withNonDigits->isChecked());
}

void EvaluationTab::onFailed(const QString& problem)
{
    m_evaluate->setEnabled(true);
    m_keepPlace = false;
    m_failed->setTitle(
        tr("%1 could not be evaluated on %2").arg(m_request.modelName, sourceName(m_request.source)));
    m_failed->setText(problem);
    showState(m_failed);
}

void EvaluationTab::onCancelled()
{
    m_evaluate->setEnabled(true);
    m_keepPlace = false;
    if (m_finished.empty()) {
        showState(m_start);
    } else {
        showEvaluation(m_shown, true);
    }
}

/// The report has them too, and so has the page when it comes back to this evaluation.
void EvaluationTab::onRobustness(const std::vector<RobustnessCurve>& curves)
{
    if (const auto last = shown()) {
        auto measured = std::make_shared<EvaluationData>(*last->data);
        measured->robustness = curves;
        auto finished = std::make_shared<FinishedEvaluation>(*last);
        finished->data = std::move(measured);
        m_finished[m_shown] = std::move(finished);
    }
}

void EvaluationTab::fillResults()
{
    m_results->clear();
    for (const auto& finished : m_finished) {
        m_results->addItem(tr("%1 on %2").arg(finished->data->model, finished->data->data));
    }
    m_results->setCurrentIndex(static_cast<int>(m_shown));
}

void EvaluationTab::fillFrequent(const ConfusionMatrix& confusion)
{
    struct Confused
    {
        std::int64_t images = 0;
        QPoint cell; ///< Truth and guess.
    };
    std::vector<Confused> all;
    for (int truth = 0; truth < digitClasses; ++truth) {
        for (int guess = 0; guess < digitClasses; ++guess) {
            const std::int64_t images =
                confusion[static_cast<std::size_t>(truth)][static_cast<std::size_t>(guess)];
            if (truth != guess && images > 0) {
                all.push_back({images, {truth, guess}});
            }
        }
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Confused& a, const Confused& b) { return a.images > b.images; });
    m_frequent->clear();
    for (const Confused& confused : all) {
        auto* item = new QListWidgetItem(tr("%1 read as %2: %3")
                                             .arg(confused.cell.x())
                                             .arg(confused.cell.y())
                                             .arg(imagesText(confused.images)),
                                         m_frequent);
        item->setData(Qt::UserRole, confused.cell);
    }
}

void EvaluationTab::compareAll()
{
    QList<std::shared_ptr<const EvaluationData>> all;
    for (const auto& finished : m_finished) {
        all.append(finished->data);
    }
    m_comparison->setEvaluations(all);
}

void EvaluationTab::showEvaluation(std::size_t place, bool keepPlace)
{
    m_shown = place;
    const auto finished = m_finished[place];
    fillResults();
    m_figures->setEvaluation(finished->data);
    m_figures->setWarnings(finished->warnings);
    m_confusion->setConfusion(finished->data->figures.confusion);
    fillFrequent(finished->data->figures.confusion);
    m_readings->setEvaluation(finished->data, keepPlace);
    m_confidence->setEvaluation(finished->data);
    m_robustness->setModel(finished->model, finished->data);
    compareAll();
    setUpEditing();
    m_switches->show();
    showPage(m_page);
}

void EvaluationTab::setUpEditing()
{
    const auto finished = shown();
    const QString part = finished->source.parts.value(0);
    QString whyNot = tr("Labels can be changed in My digits and in ink collections (.jsonl).");
    const bool newest = m_shown + 1 == m_finished.size();
    if (isMine(finished->source) && newest) {
        m_editor->editMine(m_shownIds);
        whyNot.clear();
    } else if (part.endsWith(u".jsonl") && newest) {
        m_editor->editFile(part, finished->data->set);
        whyNot = QFileInfo(part).isWritable() ? QString() : tr("The file of this collection is read-only.");
    } else {
        m_editor->close();
        if (!newest) {
            whyNot =
                tr("Labels are changed in the newest evaluation alone; evaluate once more to do it here.");
        }
    }
    m_readings->setEditable(whyNot);
    m_readings->setUndo(m_editor->undoText());
}

void EvaluationTab::remove(int place)
{
    m_finished.erase(m_finished.begin() + place);
    if (static_cast<std::size_t>(place) < m_shown) {
        --m_shown; // The same one as before.
    }
    if (m_finished.empty()) {
        m_editor->close();
        compareAll();
        showState(m_start);
        return;
    }
    showEvaluation(std::min(m_shown, m_finished.size() - 1), false);
}

void EvaluationTab::showPage(Page page)
{
    m_page = page;
    m_views->button(page)->setChecked(true);
    m_pages->setCurrentIndex(page);
}

void EvaluationTab::showState(StatePage* page)
{
    // What was found before is a click away, but while it may be replaced.
    m_switches->setVisible(!m_finished.empty() && page != m_loading);
    m_states->setCurrentWidget(page);
    m_pages->setCurrentIndex(States);
}

void EvaluationTab::focusUsual()
{
    if (m_pages->currentIndex() == States) {
        m_evaluate->setFocus(Qt::OtherFocusReason);
    } else if (m_page == Images) {
        m_readings->focusGallery();
    } else {
        m_pages->currentWidget()->setFocus(Qt::OtherFocusReason);
    }
}

void EvaluationTab::say(Tone tone, const QString& text, const QString& actionText,
                        std::function<void()> action)
{
    m_message->say(tone, text, actionText, std::move(action));
}

/// The source of the last time, but not its evaluation: that may take its time, and is asked for by the
/// person.
void EvaluationTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_chooser->refresh();
    if (std::exchange(m_restored, true)) {
        return;
    }
    m_withNonDigits->setChecked(QSettings().value(nonDigitsSetting()).toBool());
    if (const QString part = QSettings().value(partSetting()).toString(); !part.isEmpty()) {
        DataSource source = m_source;
        source.parts = QStringList{part == u"mine" ? m_digits->path() : part};
        setSource(source);
    }
}

void EvaluationTab::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        if (m_evaluator->busy()) {
            m_evaluator->cancel();
        } else {
            m_message->dismiss();
        }
        return;
    }
    QWidget::keyPressEvent(event);
}

void EvaluationTab::dragEnterEvent(QDragEnterEvent* event)
{
    if (!firstLocalFile(event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void EvaluationTab::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    open(firstLocalFile(event->mimeData()));
}

} // namespace digitpad
