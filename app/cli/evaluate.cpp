#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/evaluationformat.h"
#include "app/cli/jsontext.h"
#include "app/cli/modelfile.h"
#include "app/cli/output.h"
#include "app/cli/statusline.h"
#include "core/data/datasource.h"
#include "core/report/evaluationreport.h"

#include <QFileInfo>

#include <algorithm>
#include <chrono>
#include <utility>

namespace digitpad::cli {

using namespace Qt::StringLiterals;

namespace {

/// Images that each point of a robustness curve is measured with.
constexpr std::size_t robustnessImages = 2'000;

/// Ctrl+C ends an evaluation as it ends any program: there is nothing to keep.
bool always()
{
    return true;
}

int fail(const Error& error)
{
    say(error);
    return Failed;
}

QByteArray text(const EvaluationData& data)
{
    const QString head = u"Model     %1, %2 parameters\nData      %3\n"_s.arg(
        QString::fromStdString(data.info.network), number(static_cast<double>(data.info.parameters)),
        data.data);
    return (head + evaluationText(data.figures)).toUtf8();
}

void showPart(StatusLine& status, const QString& what, double part)
{
    if (status.enabled() && status.due()) {
        status.show(u"%1 %2 %3"_s.arg(what, progressBar(part, 24), percent(part, 0)));
    }
}

Result<void> measure(const Model& model, bool robustness, EvaluationData& data)
{
    StatusLine status;
    const auto images = static_cast<double>(std::max<std::size_t>(1, data.set->size()));
    const auto start = std::chrono::steady_clock::now();
    const Result<Logits> logits = model.logits(*data.set, [&](std::size_t done) {
        showPart(status, u"Reading"_s, static_cast<double>(done) / images);
        return true;
    });
    if (!logits) {
        return logits.error();
    }
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    data.readings = readingsOf(*logits, *data.set, data.info);
    data.figures = evaluationFigures(*logits, *data.set, data.info, data.readings, elapsed.count());
    if (!robustness) {
        return {};
    }
    auto curves = measureRobustness(model, *data.set, robustnessImages, [&status](double part) {
        showPart(status, u"Distorting"_s, part);
        return true;
    });
    if (!curves) {
        return curves.error();
    }
    data.robustness = std::move(*curves);
    return {};
}

QString modelName(const ModelChoice& choice)
{
    return choice.path.isEmpty() ? u"Bundled model"_s : QFileInfo(choice.path).completeBaseName();
}

} // namespace

int runEvaluate(const EvaluateOptions& options, Output& output)
{
    // Asked before the work, not after it.
    if (const auto possible = checkReportPath(options.report); !options.report.isEmpty() && !possible) {
        say(possible.error());
        return WrongUsage;
    }
    const Result<std::shared_ptr<const Model>> model = loadModelFile(options.model);
    if (!model) {
        return fail(model.error());
    }
    Result<LoadedData> loaded = loadEvaluationData(options.source, always);
    if (!loaded) {
        return fail(loaded.error());
    }
    sayAll(loaded->warnings);
    EvaluationData data;
    data.model = modelName(options.model);
    data.data = QString::fromStdString(loaded->test.name);
    data.info = (*model)->info();
    data.set = std::make_shared<const DigitSet>(std::move((*loaded).test));
    data.made = QDateTime::currentDateTime();
    data.program = QStringLiteral("DigitPad " DIGITPAD_VERSION);
    if (const auto measured = measure(**model, options.robustness, data); !measured) {
        return fail(measured.error());
    }
    output.write(options.json ? jsonLine(evaluationJson(data)) : text(data));
    if (options.report.isEmpty()) {
        return Done;
    }
    const Result<QStringList> written = writeEvaluationReport(data, options.report);
    if (!written) {
        return fail(written.error());
    }
    if (!options.json) {
        for (const QString& file : *written) {
            output.write(u"Report written to %1\n"_s.arg(quoted(file)).toUtf8());
        }
    }
    return Done;
}

} // namespace digitpad::cli
