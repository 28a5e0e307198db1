#include "core/learning/engineloader.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLibrary>
#include <QLoggingCategory>

#include <mutex>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(engineLog, "digitpad.engine")

QString fromProgram(const char* relativePath)
{
    return QDir::cleanPath(QCoreApplication::applicationDirPath() + u'/' + QString::fromLatin1(relativePath));
}

void setUnlessGiven(const char* variable, const char* value)
{
    if (!qEnvironmentVariableIsSet(variable)) {
        qputenv(variable, value);
    }
}

/// Read once, when libgomp and OpenBLAS are loaded. One thread each: the trainer's replicas are the parallel
/// part. Passive waiting: threads that spin would take the cores from the window.
void prepareThreadLibraries()
{
    setUnlessGiven("OMP_NUM_THREADS", "1");
    setUnlessGiven("OMP_WAIT_POLICY", "passive");
    setUnlessGiven("OPENBLAS_NUM_THREADS", "1");
}

Error unavailable(const QString& details)
{
    return Error{ErrorCode::Unavailable,
                 QCoreApplication::translate(
                     "EngineLoader",
                     "The recogniser could not be loaded: LibTorch or DigitPad's module for it "
                     "is missing or damaged. Install DigitPad again, or run app/run, which "
                     "installs what it needs.")
                     .toStdString(),
                 details.toStdString()};
}

Result<const Engine*> loadFrom(const QString& path)
{
    QLibrary library(path);
    // Everything is bound at once, so that an incomplete LibTorch fails here and not in the middle of a
    // drawing.
    library.setLoadHints(QLibrary::ResolveAllSymbolsHint | QLibrary::PreventUnloadHint);
    if (!library.load()) {
        return unavailable(library.errorString());
    }
    using AbiVersion = int (*)();
    using GetEngine = const Engine* (*)();
    const auto abiVersion = reinterpret_cast<AbiVersion>(library.resolve(engineAbiSymbol));
    const auto getEngine = reinterpret_cast<GetEngine>(library.resolve(engineSymbol));
    if (abiVersion == nullptr || getEngine == nullptr) {
        return unavailable(path + QStringLiteral(": not DigitPad's module"));
    }
    if (abiVersion() != engineAbiVersion) {
        return unavailable(QStringLiteral("%1: built for version %2 of the contract, this program has %3")
                               .arg(path)
                               .arg(abiVersion())
                               .arg(engineAbiVersion));
    }
    qCInfo(engineLog) << "loaded" << path;
    return getEngine();
}

Result<const Engine*> findAndLoad()
{
    prepareThreadLibraries();
    const QStringList candidates = engineCandidates();
    for (const QString& path : candidates) {
        if (QFileInfo::exists(path)) {
            auto engine = loadFrom(path);
            if (!engine) {
                qCWarning(engineLog).noquote() << QString::fromStdString(engine.error().details);
            }
            return engine;
        }
    }
    const auto error = unavailable(QStringLiteral("not found at: ") + candidates.join(QStringLiteral(", ")));
    qCWarning(engineLog).noquote() << QString::fromStdString(error.details);
    return error;
}

} // namespace

QStringList engineCandidates()
{
    const QString given = qEnvironmentVariable("DIGITPAD_ENGINE");
    if (!given.isEmpty()) {
        return {given};
    }
    return {fromProgram("libdigitpad_torch.so"),
            fromProgram("../" DIGITPAD_LIBRARY_FOLDER "/libdigitpad_torch.so")};
}

Result<const Engine*> loadEngine()
{
    static std::mutex mutex;
    static const Engine* loaded = nullptr;
    const std::lock_guard lock(mutex);
    if (loaded != nullptr) {
        return loaded;
    }
    auto engine = findAndLoad();
    if (engine) {
        loaded = *engine;
    }
    return engine;
}

QString bundledModelPath()
{
    const QString given = qEnvironmentVariable("DIGITPAD_MODEL");
    if (!given.isEmpty()) {
        return given;
    }
    for (const char* place : {"models/digitpad.pt", "../share/digitpad/models/digitpad.pt"}) {
        const QString path = fromProgram(place);
        if (QFileInfo::exists(path)) {
            return path;
        }
    }
    return {};
}

} // namespace digitpad
