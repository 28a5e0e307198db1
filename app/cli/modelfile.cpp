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

Result<std::shared_ptr<const Model>> loadModelFile(const QString& path)
{
    const QString file = path.isEmpty() ? bundledModelPath() : path;
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
    return (*engine)->loadModel(nativePath(file));
}

} // namespace digitpad::cli
