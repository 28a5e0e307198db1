#include "app/cli/modelfile.h"

#include "app/cli/console.h"
#include "core/learning/engineloader.h"

namespace digitpad::cli {

using namespace Qt::StringLiterals;

Result<const Engine*> loadCheckedEngine()
{
    Result<const Engine*> engine = loadEngine();
    if (engine && (*engine)->info().slowBlas) {
        say(u"LibTorch runs on a slow BLAS (%1); training is two to five times faster with "
            u"libopenblas0-pthread "
            "installed."_s.arg(QString::fromStdString((*engine)->info().blas)));
    }
    return engine;
}

namespace {

Error untrusted(const QString& path)
{
    return Error{
        ErrorCode::InvalidInput,
        u"%1 is a TorchScript file, a program beside its weights. DigitPad runs it in a process that "
        "can open no files; where you trust its source, add --trust-torchscript."_s.arg(quoted(path))
            .toStdString()};
}

Error withoutNormalization(const QString& path)
{
    return Error{
        ErrorCode::InvalidInput,
        u"%1 does not say how its network's images are normalised; add --normalization MEAN STD, "
        "0.1307 0.3081 in most tutorials, 0 1 where pixels are just scaled to 0..1."_s.arg(quoted(path))
            .toStdString()};
}

Result<std::shared_ptr<const Model>> loadForeign(const Engine& engine, const ModelChoice& choice,
                                                 const ModelFileInfo& file)
{
    if (file.kind == ModelFileKind::TorchScript && !choice.trustTorchScript) {
        return untrusted(choice.path);
    }
    const auto normalization = choice.normalization ? choice.normalization : file.normalization;
    if (!normalization) {
        return withoutNormalization(choice.path);
    }
    return engine.loadForeignModel(nativePath(choice.path), *normalization);
}

} // namespace

Result<std::shared_ptr<const Model>> loadModelFile(const ModelChoice& choice)
{
    const QString file = choice.path.isEmpty() ? bundledModelPath() : choice.path;
    if (file.isEmpty()) {
        return Error{
            ErrorCode::NotFound,
            "No bundled model was found beside the program; name a model with --model FILE, or train one: "
            "digitpad-cli train --data synthetic --out FILE.pt"};
    }
    const Result<const Engine*> engine = loadEngine();
    if (!engine) {
        return engine.error();
    }
    if (const auto kind = (*engine)->inspectModel(nativePath(file)); !kind) {
        return kind.error();
    } else if (kind->kind != ModelFileKind::DigitPad) {
        return loadForeign(**engine, choice, *kind);
    }
    return (*engine)->loadModel(nativePath(file));
}

} // namespace digitpad::cli
