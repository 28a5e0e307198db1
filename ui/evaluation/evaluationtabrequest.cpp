// What the Evaluation tab measures, and whether it can; the rest is in evaluationtab.cpp.
#include "core/data/mnist.h"
#include "core/data/mydigitsdata.h"
#include "ui/evaluation/evaluationtab.h"
#include "ui/evaluation/modelchooser.h"

#include <QCheckBox>
#include <QFile>

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

/// Synthetic letters and scribbles, as a part of a source.
QString nonDigitsPart()
{
    return QStringLiteral("no-digits");
}

/// Behind the data, where the source has them.
Result<void> addNonDigits(LoadedData& data, const DataSource& source, const ReadingMonitor& monitor)
{
    if (!source.parts.contains(nonDigitsPart())) {
        return {};
    }
    DataSource others = source;
    others.parts = QStringList{nonDigitsPart()};
    const auto loaded = loadEvaluationData(others, monitor);
    if (!loaded) {
        return loaded.error();
    }
    append(data.test, loaded->test);
    data.origins.resize(data.test.size());
    return {};
}

} // namespace

/// Says what is missing, where something is.
bool EvaluationTab::chosenCanBeMeasured()
{
    const ModelChooser::Choice model = m_chooser->choice();
    if (!model.model && (model.path.isEmpty() || m_recognizer->engine() == nullptr)) {
        say(Tone::Info, m_recognizer->state() == Recognizer::State::Failed
                            ? m_recognizer->message()
                            : tr("The model is still being loaded; try again in a moment."));
        return false;
    }
    if (m_source.parts.isEmpty()) {
        say(Tone::Info, tr("Choose the images to evaluate with, above."));
        return false;
    }
    if (m_source.parts.first() == u"mnist" && findMnist().isEmpty()) {
        showState(m_mnist);
        return false;
    }
    if (const QString problem = isMine(m_source) ? whyMineCannot() : QString(); !problem.isEmpty()) {
        say(Tone::Info, problem);
        return false;
    }
    return true;
}

QString EvaluationTab::whyMineCannot() const
{
    const auto& digits = m_digits->digits();
    if (m_digits->state() == MyDigits::State::Failed) {
        return m_digits->message();
    }
    if (m_digits->state() == MyDigits::State::Loading ||
        std::any_of(digits.begin(), digits.end(), [](const MyDigit& digit) { return !digit.image; })) {
        return tr("My digits is still being loaded; try again in a moment.");
    }
    return digits.empty() ? tr("My digits is empty: draw a digit and press its key, 0 to 9, to keep it.")
                          : QString();
}

/// Of the newest evaluation of the source, or the one that is shown; null where there is none.
std::shared_ptr<const DigitSet> EvaluationTab::knownSet(const DataSource& source) const
{
    const auto found = std::find_if(m_finished.rbegin(), m_finished.rend(),
                                    [&source](const auto& other) { return other->source == source; });
    if (found != m_finished.rend()) {
        return (*found)->data->set;
    }
    const auto last = shown();
    return last ? last->data->set : nullptr;
}

EvaluationRequest EvaluationTab::requestOf(const DataSource& source)
{
    EvaluationRequest request;
    request.source = source;
    // Letters and the like are measured too: what a model does with them is part of the judgement.
    request.source.withNoDigits = true;
    m_mineIds.clear();
    if (isMine(source)) {
        std::vector<MyDigit> digits;
        for (const MyDigit& digit : m_digits->digits()) {
            if (digit.image) {
                digits.push_back(digit);
                m_mineIds.push_back(digit.id);
            }
        }
        request.loadData = [digits = std::move(digits),
                            source](const ReadingMonitor& monitor) -> Result<LoadedData> {
            LoadedData loaded = loadedFrom(digits);
            loaded.test = std::exchange(loaded.training, {}); // All of them are measured.
            const auto added = addNonDigits(loaded, source, monitor);
            return added ? Result<LoadedData>(std::move(loaded)) : Result<LoadedData>(added.error());
        };
    }
    request.known = knownSet(request.source);
    return request;
}

void EvaluationTab::evaluate()
{
    if (!chosenCanBeMeasured()) {
        return;
    }
    const ModelChooser::Choice model = m_chooser->choice();
    DataSource source = m_source;
    if (m_withNonDigits->isChecked() && !source.parts.contains(nonDigitsPart())) {
        source.parts += nonDigitsPart();
    }
    EvaluationRequest request = requestOf(source);
    request.modelName = model.name;
    request.model = model.model;
    if (!request.model) {
        request.loadModel = [engine = m_recognizer->engine(), path = model.path] {
            return engine->loadModel(QFile::encodeName(path).toStdString());
        };
    }
    m_keepPlace = false;
    start(request);
}

/// The same model on the same source, which was changed.
void EvaluationTab::evaluateAgain()
{
    const auto last = shown();
    if (!last) {
        return;
    }
    EvaluationRequest request = requestOf(last->source);
    request.modelName = last->data->model;
    request.model = last->model;
    m_keepPlace = true;
    start(request);
}

} // namespace digitpad
