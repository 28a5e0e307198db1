#include "core/learning/trainingsession.h"

#include "core/learning/errorsentence.h"
#include "core/learning/newrun.h"
#include "core/learning/runnames.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>

#include <algorithm>
#include <exception>
#include <thread>
#include <utility>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(trainingLog, "digitpad.training")

constexpr qint64 progressInterval = 50; // milliseconds

/// The range test's, wide enough for every optimizer.
constexpr double lowestRate = 1e-6;
constexpr double highestRate = 10;
constexpr int rateSteps = 240;

struct Session
{
    Q_DECLARE_TR_FUNCTIONS(TrainingSession)
};

QString sentence(const Error& error)
{
    return sentenceOf(error, trainingLog());
}

SessionEnd failed(const Error& error)
{
    SessionEnd end;
    if (error.code == ErrorCode::Cancelled) {
        end.kind = SessionEnd::Kind::Stopped;
        end.result.outcome = TrainingOutcome::Stopped;
        return end;
    }
    end.kind = SessionEnd::Kind::Failed;
    end.problem = sentence(error);
    return end;
}

BatchPoint pointOf(const BatchProgress& progress)
{
    return {progress.step, static_cast<float>(progress.loss), static_cast<float>(progress.accuracy),
            static_cast<float>(progress.learningRate), static_cast<float>(progress.gradientNorm)};
}

Error noMemory(const std::exception& exception)
{
    return Error{ErrorCode::Internal,
                 Session::tr("There was not enough memory for the data. Close other programs or choose less "
                             "data, then start again.")
                     .toStdString(),
                 exception.what()};
}

/// Thrown through the engine.
struct Abandoned : std::exception
{
    [[nodiscard]] const char* what() const noexcept override { return "the program is closing"; }
};

} // namespace

TrainingSession::TrainingSession(const Engine& engine, Listener& listener)
    : m_engine(engine)
    , m_listener(listener)
    , m_control(*this)
{
}

/// Exceptions stop here: memory for the data ran out, most likely, since the engine itself throws nothing.
SessionEnd TrainingSession::guarded(const std::function<SessionEnd()>& task)
{
    try {
        return task();
    } catch (const std::exception& exception) {
        const Error error = noMemory(exception);
        return m_writer ? finishFailed(error) : failed(error);
    }
}

SessionEnd TrainingSession::start(const TrainingStart& start)
{
    return guarded([&] {
        TrainingStart named = start;
        if (named.name.isEmpty()) {
            const auto runs =
                start.runsFolder.isEmpty() ? std::vector<RunRecord>() : readRuns(start.runsFolder);
            named.name = newRunName(start.options, start.preset, runs);
        }
        return named.options.training.folds > 0 ? trainFolds(named, 1) : trainNew(named);
    });
}

SessionEnd TrainingSession::resume(const QString& runFolder)
{
    return guarded([&] { return goOn(runFolder, 0); });
}

SessionEnd TrainingSession::extend(const QString& runFolder, int epochs)
{
    return guarded([&] { return goOn(runFolder, epochs); });
}

SessionEnd TrainingSession::testRates(const RunOptions& options)
{
    return guarded([&] {
        const auto prepared = prepare(options);
        if (!prepared) {
            return failed(prepared.error());
        }
        m_listener.onRangeTestBegan();
        m_thread = std::this_thread::get_id();
        m_control.begin();
        auto test =
            m_engine.testRates(prepared->options, prepared->data, lowestRate, highestRate, rateSteps, *this);
        if (!test) {
            return failed(test.error());
        }
        SessionEnd end;
        end.kind = m_control.stopping() ? SessionEnd::Kind::Stopped : SessionEnd::Kind::RatesTested;
        end.rates = std::move(*test);
        return end;
    });
}

void TrainingSession::abandon()
{
    m_abandoned = true;
    m_control.stop();
}

Result<LoadedData> TrainingSession::load(const RunOptions& options)
{
    return loadData(options.data, [this] { return !m_control.stopping(); });
}

Result<PreparedTraining> TrainingSession::prepare(const RunOptions& options)
{
    return prepareTraining(options.data, options.training, [this] { return !m_control.stopping(); });
}

SessionEnd TrainingSession::trainNew(const TrainingStart& start)
{
    const auto prepared = prepare(start.options);
    if (!prepared) {
        return failed(prepared.error());
    }
    RunRecord record = newRunRecord(start, *prepared, m_engine.info());
    if (const auto made = createWriter(start.runsFolder, record); !made) {
        return failed(made.error());
    }
    return train(*prepared, record, {});
}

/// One fold after the other, with the data read once.
SessionEnd TrainingSession::trainFolds(const TrainingStart& start, int first)
{
    const auto loaded = load(start.options);
    if (!loaded) {
        return failed(loaded.error());
    }
    const int folds = start.options.training.folds;
    SessionEnd end;
    for (int fold = first; fold <= folds; ++fold) {
        TrainingStart one = start;
        one.options.training.fold = fold;
        one.name = foldName(start.name, fold, folds);
        const auto prepared = prepareTraining(*loaded, one.options.data, one.options.training);
        if (!prepared) {
            return failed(prepared.error());
        }
        RunRecord record = newRunRecord(one, *prepared, m_engine.info());
        if (const auto made = createWriter(start.runsFolder, record); !made) {
            return failed(made.error());
        }
        end = train(*prepared, record, {});
        if (end.kind != SessionEnd::Kind::Completed) {
            return end;
        }
    }
    end.folds = m_folds.summary();
    return end;
}

Result<void> TrainingSession::createWriter(const QString& runsFolder, RunRecord& record)
{
    m_writer.reset();
    if (runsFolder.isEmpty()) {
        return {};
    }
    auto writer = RunWriter::create(runsFolder, record);
    if (!writer) {
        return writer.error();
    }
    m_writer = std::move(*writer);
    record = m_writer->record();
    return {};
}

SessionEnd TrainingSession::goOn(const QString& runFolder, int moreEpochs)
{
    // Nothing of the run is touched before all is there that it needs.
    RunRecord record = readRun(runFolder);
    if (record.state == RunState::Damaged || record.state == RunState::Newer) {
        return failed(Error{ErrorCode::InvalidInput, record.problem.toStdString()});
    }
    TrainingOptions& training = record.options.training;
    if (moreEpochs > 0) {
        training.epochs = std::max(training.epochs, record.epochsDone + moreEpochs);
    }
    const auto prepared = prepareAgain(record);
    if (!prepared) {
        return failed(prepared.error());
    }
    auto writer = RunWriter::reopen(runFolder);
    if (!writer) {
        return failed(writer.error());
    }
    m_writer = std::move(*writer);
    const auto updated = m_writer->update([&record](RunRecord& kept) { kept.options = record.options; });
    if (!updated) {
        return failed(updated.error());
    }
    // Without a checkpoint the run begins again.
    const bool checkpoint = QFileInfo::exists(lastModelPath(record.folder));
    const SessionEnd end = train(*prepared, m_writer->record(),
                                 checkpoint ? lastModelPath(record.folder).toStdString() : std::string());
    const TrainingOptions& options = record.options.training;
    if (end.kind != SessionEnd::Kind::Completed || options.folds == 0 || moreEpochs > 0) {
        return end;
    }
    m_folds.addEarlierOf(record);
    const TrainingStart rest{record.options, nameWithoutFold(record.name, options.fold, options.folds),
                             record.preset, QFileInfo(record.folder).absolutePath()};
    if (options.fold < options.folds) {
        return trainFolds(rest, options.fold + 1);
    }
    SessionEnd all = end;
    all.folds = m_folds.summary();
    return all;
}

Result<PreparedTraining> TrainingSession::prepareAgain(const RunRecord& record)
{
    auto prepared = prepare(record.options);
    if (prepared && !record.dataHash.isEmpty() &&
        dataHash(*prepared->data.training, *prepared->data.validation) != record.dataHash) {
        return Error{
            ErrorCode::InvalidInput,
            Session::tr("The data of “%1” have changed since it was trained, so it cannot go on where "
                        "it was. Copy its options and start a new run.")
                .arg(record.name)
                .toStdString()};
    }
    return prepared;
}

SessionEnd TrainingSession::train(const PreparedTraining& prepared, const RunRecord& record,
                                  const std::string& resumeFrom)
{
    m_record = record;
    m_points.clear();
    m_sinceProgress.start();
    m_thread = std::this_thread::get_id();
    m_control.begin();
    std::shared_ptr<const RunCurves> curves;
    if (!resumeFrom.empty()) {
        curves = std::make_shared<const RunCurves>(readCurves(record.folder));
    }
    m_listener.onRunBegan(record, curves, prepared.warnings);
    if (m_writer && record.dataHash.isEmpty()) {
        m_dataHash = std::async(std::launch::async, [data = prepared.data] {
            return dataHash(*data.training, *data.validation);
        });
    }
    const TrainingJob job{prepared.options, prepared.data, m_writer ? m_writer->files() : TrainingFiles(),
                          resumeFrom};
    const auto result = m_engine.train(job, *this);
    flushProgress();
    noteDataHash();
    return finish(result);
}

void TrainingSession::noteDataHash()
{
    if (!m_dataHash.valid()) {
        return;
    }
    const QString hash = m_dataHash.get();
    const auto noted = m_writer->update([&hash](RunRecord& record) { record.dataHash = hash; });
    if (!noted) {
        qCWarning(trainingLog).noquote() << sentence(noted.error()); // The writer keeps it for the next time.
    }
}

SessionEnd TrainingSession::finish(const Result<TrainingResult>& result)
{
    if (!result) {
        return finishFailed(result.error());
    }
    SessionEnd end;
    end.result = *result;
    const TrainingOutcome outcome = result->outcome;
    const bool byItself = outcome == TrainingOutcome::Completed || outcome == TrainingOutcome::StoppedEarly;
    end.kind = byItself ? SessionEnd::Kind::Completed : SessionEnd::Kind::Stopped;
    if (m_abandoned) {
        m_writer.reset(); // Without an end, the run is Interrupted.
        return end;
    }
    const RunState state = outcome == TrainingOutcome::Completed  ? RunState::Completed
                           : outcome == TrainingOutcome::Diverged ? RunState::Failed
                                                                  : RunState::Stopped;
    writeEnd(state, QString::fromStdString(result->explanation), &*result);
    m_folds.add(*result);
    return end;
}

SessionEnd TrainingSession::finishFailed(const Error& error)
{
    if (m_abandoned) {
        m_writer.reset();
        return {};
    }
    const SessionEnd end = failed(error);
    const bool stopped = end.kind == SessionEnd::Kind::Stopped;
    writeEnd(stopped ? RunState::Stopped : RunState::Failed, end.problem, nullptr);
    return end;
}

/// Says it in the folder, where there is one, and to the listener.
void TrainingSession::writeEnd(RunState state, const QString& problem, const TrainingResult* result)
{
    if (m_writer) {
        const auto written = insist([&] { return m_writer->finish(state, problem, result); });
        if (!written) {
            qCWarning(trainingLog).noquote() << sentence(written.error());
        }
        m_record = m_writer->record();
        m_writer.reset();
    }
    m_record.state = state;
    m_record.problem = problem;
    m_listener.onRunEnded(m_record);
}

Result<void> TrainingSession::insist(const std::function<Result<void>()>& write)
{
    Result<void> written = write();
    while (!written && written.error().code != ErrorCode::NotFound &&
           m_control.holdFor(sentence(written.error()))) {
        written = write();
    }
    return written;
}

void TrainingSession::flushProgress()
{
    m_sinceProgress.restart();
    if (!m_points.isEmpty()) {
        m_listener.onProgress(m_newest, std::exchange(m_points, {}));
    }
}

void TrainingSession::onBatch(const BatchProgress& progress)
{
    m_newest = progress;
    m_points.append(pointOf(progress));
    if (m_writer) {
        m_writer->addBatch(m_points.last());
    }
    // While an epoch ends the run may be held, and what is shown is then to be where it stands.
    const bool lastOfEpoch = progress.batch == progress.batches;
    m_control.onBatch(lastOfEpoch);
    if (m_sinceProgress.elapsed() >= progressInterval || lastOfEpoch || m_control.holding()) {
        flushProgress();
    }
}

void TrainingSession::onEpoch(const EpochMetrics& metrics)
{
    flushProgress();
    noteDataHash();
    if (m_writer) {
        const auto written = insist([&] { return m_writer->addEpoch(metrics); });
        if (!written) {
            qCWarning(trainingLog).noquote() << sentence(written.error());
        }
    }
    m_listener.onEpoch(metrics);
    m_control.onEpoch();
}

/// An abandoned run is not even finished: that would take its validation and its test. The engine makes an
/// error of the exception, which nobody hears of.
bool TrainingSession::stopRequested()
{
    const bool stop = m_control.stopRequested();
    // Helpers of the engine's, which validate, ask too: nobody would catch it there.
    if (m_abandoned && std::this_thread::get_id() == m_thread) {
        throw Abandoned();
    }
    return stop;
}

void TrainingSession::onSnapshot(const std::shared_ptr<const Model>& model)
{
    m_control.onSnapshot(model);
}

/// A run whose folder was deleted goes on: its models can still be saved.
CheckpointChoice TrainingSession::onCheckpointFailed(const Error& error)
{
    if (m_writer && !QDir(m_writer->record().folder).exists()) {
        qCWarning(trainingLog).noquote() << sentence(error);
        return CheckpointChoice::GoOn;
    }
    return m_control.holdFor(sentence(error)) ? CheckpointChoice::TryAgain : CheckpointChoice::Stop;
}

void TrainingSession::onSnapshotTaken(const std::shared_ptr<const Model>& model)
{
    m_listener.onSnapshotTaken(model);
}

void TrainingSession::onHeld(const QString& problem)
{
    m_listener.onHeld(problem);
}

} // namespace digitpad
