#include "core/learning/handmodel.h"

#include "core/learning/errorsentence.h"

#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QSettings>
#include <QStandardPaths>
#include <QThreadPool>

#include <utility>
#include <vector>

namespace digitpad {

namespace {

Q_LOGGING_CATEGORY(handLog, "digitpad.hand")

QString inUseKey()
{
    return QStringLiteral("hand/inUse");
}

QString baseNameKey()
{
    return QStringLiteral("hand/learnedFrom");
}

struct NamedModel
{
    std::shared_ptr<const Model> model;
    QString name;
};

/// A model and where it goes.
struct ModelFile
{
    std::shared_ptr<const Model> model;
    QString path;
};

Result<void> saveAll(const QString& folder, const std::vector<ModelFile>& files)
{
    if (!QDir().mkpath(folder)) {
        return Error{ErrorCode::Io,
                     HandModel::tr("The folder “%1” cannot be made, so the model of your hand lasts until "
                                   "DigitPad ends; make the folder, then learn again.")
                         .arg(QDir::toNativeSeparators(folder))
                         .toStdString()};
    }
    for (const ModelFile& file : files) {
        if (auto saved = file.model->save(file.path.toStdString()); !saved) {
            return saved;
        }
    }
    return {};
}

} // namespace

class HandModel::Private
{
public:
    Private(HandModel* handModel, Recognizer* theRecognizer, QString theFolder)
        : q(handModel)
        , recognizer(theRecognizer)
        , folder(std::move(theFolder))
    {
        saver.setMaxThreadCount(1); // What is saved last must be what stays.
    }

    [[nodiscard]] QString path() const { return QDir(folder).filePath(QStringLiteral("my-hand.pt")); }
    [[nodiscard]] QString basePath() const
    {
        return QDir(folder).filePath(QStringLiteral("my-hand-base.pt"));
    }
    void onModelChanged();
    void setInUse(bool now);
    void save();

    HandModel* const q;
    Recognizer* const recognizer;
    const QString folder;
    std::shared_ptr<const Model> hand;
    NamedModel base;     ///< What `hand` was learned from; without a model after a restart.
    NamedModel previous; ///< In use before `hand`; without a model after a restart.
    bool inUse = false;
    bool restoring = false;
    QThreadPool saver;
};

void HandModel::Private::onModelChanged()
{
    if (restoring) {
        if (recognizer->modelName() != displayName()) {
            return; // The bundled model, which comes first.
        }
        restoring = false;
        hand = recognizer->model();
    }
    setInUse(recognizer->model() == hand);
}

void HandModel::Private::setInUse(bool now)
{
    if (inUse == now) {
        return;
    }
    inUse = now;
    QSettings().setValue(inUseKey(), now);
    Q_EMIT q->inUseChanged(now);
}

void HandModel::Private::save()
{
    std::vector<ModelFile> files{{hand, path()}};
    if (base.model) {
        files.insert(files.begin(), {base.model, basePath()});
    }
    QSettings().setValue(baseNameKey(), base.name);
    saver.start([this, files = std::move(files)] {
        const auto saved = saveAll(folder, files);
        if (saved) {
            return;
        }
        QMetaObject::invokeMethod(
            q, [this, text = sentenceOf(saved.error(), handLog())] { Q_EMIT q->failed(text); },
            Qt::QueuedConnection);
    });
}

QString HandModel::defaultFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
}

QString HandModel::displayName()
{
    return tr("Model of my hand");
}

HandModel::HandModel(Recognizer* recognizer, QString folder, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, recognizer, std::move(folder)))
{
    connect(recognizer, &Recognizer::modelChanged, this, [this] { d->onModelChanged(); });
    connect(recognizer, &Recognizer::modelFailed, this, [this] {
        if (std::exchange(d->restoring, false)) {
            // Said once, by whoever shows the recogniser's messages, and not at every start.
            QSettings().setValue(inUseKey(), false);
        }
    });
}

HandModel::~HandModel() = default;

void HandModel::restore()
{
    QSettings settings;
    d->base.name = settings.value(baseNameKey()).toString();
    if (!settings.value(inUseKey()).toBool()) {
        return;
    }
    if (!QFileInfo::exists(d->path())) {
        settings.setValue(inUseKey(), false);
        Q_EMIT failed(tr("The model of your hand, “%1”, is missing, so the bundled model reads the pad; "
                         "“Learn My Hand” makes it again from your digits.")
                          .arg(QDir::toNativeSeparators(d->path())));
        return;
    }
    d->restoring = true;
    d->recognizer->startWith(d->path(), displayName());
}

bool HandModel::inUse() const
{
    return d->inUse;
}

HandModel::Start HandModel::learningStart() const
{
    if (!d->inUse) {
        return {d->recognizer->model(), {}, d->recognizer->modelName()};
    }
    return {d->base.model, d->basePath(), d->base.name};
}

void HandModel::use(const std::shared_ptr<const Model>& model)
{
    d->previous = {d->recognizer->model(), d->recognizer->modelName()};
    if (!d->inUse) {
        d->base = d->previous;
    }
    d->hand = model;
    d->recognizer->useModel(model, displayName());
    d->save();
}

void HandModel::goBack()
{
    const NamedModel previous = std::exchange(d->previous, {});
    if (previous.model) {
        if (previous.name == displayName()) {
            d->hand = previous.model; // An earlier one of the same hand: it stays after a restart, too.
            d->save();
        }
        d->recognizer->useModel(previous.model, previous.name);
    } else if (d->base.model) {
        d->recognizer->useModel(d->base.model, d->base.name);
    } else if (QFileInfo::exists(d->basePath())) {
        d->recognizer->loadModelAs(d->basePath(), d->base.name);
    } else {
        Q_EMIT failed(tr("“%1” is missing; choose another model in the File menu.")
                          .arg(QDir::toNativeSeparators(d->basePath())));
    }
}

} // namespace digitpad
