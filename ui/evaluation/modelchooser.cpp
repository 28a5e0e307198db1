#include "ui/evaluation/modelchooser.h"

#include "core/learning/engineloader.h"
#include "core/learning/runfolder.h"
#include "core/learning/runstore.h"
#include "ui/draw/foreignmodels.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSettings>

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

constexpr std::size_t rememberedFiles = 5;
constexpr int shownRuns = 12;

QString folderSetting()
{
    return QStringLiteral("evaluation/modelFolder");
}

} // namespace

ModelChooser::ModelChooser(Recognizer* recognizer, QWidget* parent)
    : QWidget(parent)
    , m_recognizer(recognizer)
    , m_runs(new RunStore(defaultRunsFolder(), this))
    , m_foreign(new ForeignModels(this))
    , m_combo(new QComboBox(this))
    , m_file(new QPushButton(tr("&Open Model…"), this))
{
    m_combo->setObjectName(QStringLiteral("evaluatedModel"));
    m_combo->setAccessibleName(tr("Model to evaluate"));
    m_combo->setToolTip(tr("Which model to evaluate"));
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(26);
    m_file->setObjectName(QStringLiteral("openModel"));
    m_file->setToolTip(
        tr("A model file (.pt): saved here, a state_dict, or TorchScript from Python; files can be "
           "dropped here too"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_combo);
    layout->addWidget(m_file);
    connect(m_combo, &QComboBox::activated, this, &ModelChooser::changed);
    connect(m_file, &QPushButton::clicked, this, &ModelChooser::chooseFile);
    connect(m_runs, &RunStore::changed, this, &ModelChooser::fill);
    connect(m_recognizer, &Recognizer::modelChanged, this, &ModelChooser::onModel);
    connect(m_recognizer, &Recognizer::engineReady, this, [this] {
        if (const QString path = std::exchange(m_waitingFor, {}); !path.isEmpty()) {
            open(path);
        }
    });
    connect(m_foreign, &ForeignModels::ownModel, this, [this](const QString& path) {
        choose({QFileInfo(path).fileName(), nullptr, path});
    });
    connect(m_foreign, &ForeignModels::loaded, this,
            [this](const std::shared_ptr<const Model>& model, const QString& name) {
                choose({name, model, {}});
            });
    connect(m_foreign, &ForeignModels::failed, this,
            [this](const Error& error) { Q_EMIT failed(QString::fromStdString(error.message)); });
    fill();
}

ModelChooser::~ModelChooser() = default;

void ModelChooser::onModel()
{
    fill();
    Q_EMIT changed();
}

int ModelChooser::placeOf(const Choice& choice) const
{
    const auto found = std::find_if(m_choices.begin(), m_choices.end(), [&choice](const Choice& other) {
        return other.name == choice.name && other.path == choice.path &&
               (other.model == choice.model || !choice.path.isEmpty());
    });
    return found == m_choices.end() ? 0 : static_cast<int>(found - m_choices.begin());
}

void ModelChooser::fill()
{
    const Choice before = choice();
    m_choices.clear();
    m_combo->clear();
    const auto add = [this](const QString& text, const Choice& entry) {
        m_combo->addItem(text);
        m_combo->setItemData(m_combo->count() - 1, QDir::toNativeSeparators(entry.path), Qt::ToolTipRole);
        m_choices.push_back(entry);
    };
    const auto separate = [this] {
        m_combo->insertSeparator(m_combo->count());
        m_choices.emplace_back();
    };
    const QString inUse = m_recognizer->modelName();
    add(inUse.isEmpty() ? tr("Model in use") : tr("In use: %1").arg(inUse),
        {inUse, m_recognizer->model(), {}});
    if (const QString bundled = bundledModelPath();
        !bundled.isEmpty() && inUse != Recognizer::tr("Bundled model")) {
        add(tr("Bundled model"), {tr("Bundled model"), nullptr, bundled});
    }
    if (!m_opened.empty()) {
        separate();
    }
    for (const Choice& file : m_opened) {
        add(file.name, file);
    }
    bool first = true;
    int runs = 0;
    for (const RunRecord& run : m_runs->runs()) {
        if ((!run.hasBest && !run.hasLast) || runs++ >= shownRuns) {
            continue;
        }
        if (std::exchange(first, false)) {
            separate();
        }
        if (run.hasBest) {
            add(tr("Run: %1").arg(run.name), {run.name, nullptr, bestModelPath(run.folder)});
        }
        if (run.hasLast) {
            const QString name = tr("%1, last epoch", "weights of a run").arg(run.name);
            add(tr("Run: %1").arg(name), {name, nullptr, lastModelPath(run.folder)});
        }
    }
    m_combo->setCurrentIndex(placeOf(before));
}

ModelChooser::Choice ModelChooser::choice() const
{
    const int place = m_combo->currentIndex();
    return place < 0 || place >= static_cast<int>(m_choices.size())
               ? Choice()
               : m_choices[static_cast<std::size_t>(place)];
}

void ModelChooser::choose(const Choice& choice)
{
    std::erase_if(m_opened, [&choice](const Choice& other) {
        return other.name == choice.name && other.path == choice.path;
    });
    m_opened.insert(m_opened.begin(), choice);
    if (m_opened.size() > rememberedFiles) {
        m_opened.pop_back();
    }
    fill();
    m_combo->setCurrentIndex(placeOf(choice));
    Q_EMIT changed();
}

void ModelChooser::open(const QString& path)
{
    const Engine* engine = m_recognizer->engine();
    if (engine == nullptr) {
        m_waitingFor = path;
        return;
    }
    m_foreign->open(engine, path);
}

void ModelChooser::refresh()
{
    m_runs->refresh();
}

void ModelChooser::chooseFile()
{
    auto* dialog = new QFileDialog(this, tr("Open a Model"), QSettings().value(folderSetting()).toString());
    dialog->setObjectName(QStringLiteral("evaluatedModelDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("Models (%1)").arg(QStringLiteral("*.pt *.pth")), tr("All files (%1)").arg(QStringLiteral("*"))});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        QSettings().setValue(folderSetting(), QFileInfo(path).absolutePath());
        open(path);
    });
    dialog->open();
}

} // namespace digitpad
