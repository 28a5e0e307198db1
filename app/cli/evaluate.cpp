#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/evaluationformat.h"
#include "app/cli/jsontext.h"
#include "app/cli/modelfile.h"
#include "app/cli/output.h"
#include "core/data/datasource.h"

namespace digitpad::cli {

using namespace Qt::StringLiterals;

namespace {

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

QByteArray text(const Model& model, const QString& data, const Evaluation& evaluation)
{
    const ModelInfo& info = model.info();
    const QString head = u"Model     %1, %2 parameters\nData      %3\n"_s.arg(
        QString::fromStdString(info.network), number(static_cast<double>(info.parameters)), data);
    return (head + evaluationText(evaluation)).toUtf8();
}

QByteArray json(const Model& model, const QString& data, const Evaluation& evaluation)
{
    QJsonObject object = evaluationObject(evaluation);
    object[u"network"_s] = QString::fromStdString(model.info().network);
    object[u"parameters"_s] = static_cast<qint64>(model.info().parameters);
    object[u"data"_s] = data;
    return jsonLine(object);
}

} // namespace

int runEvaluate(const EvaluateOptions& options, Output& output)
{
    const Result<std::shared_ptr<const Model>> model = loadModelFile(options.model);
    if (!model) {
        return fail(model.error());
    }
    const Result<LoadedData> data = loadEvaluationData(options.source, always);
    if (!data) {
        return fail(data.error());
    }
    sayAll(data->warnings);
    const Result<Evaluation> evaluation = (*model)->evaluate(data->test, always);
    if (!evaluation) {
        return fail(evaluation.error());
    }
    const QString name = QString::fromStdString(data->test.name);
    output.write(options.json ? json(**model, name, *evaluation) : text(**model, name, *evaluation));
    return Done;
}

} // namespace digitpad::cli
