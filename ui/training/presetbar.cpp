#include "ui/training/presetbar.h"

#include "ui/training/fieldgroup.h"
#include "ui/training/formfield.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFuture>
#include <QHBoxLayout>
#include <QLabel>
#include <QPromise>
#include <QPushButton>
#include <QThreadPool>
#include <QVBoxLayout>

#include <functional>
#include <memory>

namespace digitpad {

namespace {

/// On a thread of the pool: a slow disk shall not hold up the window.
template <class T>
QFuture<T> inPool(std::function<T()> work)
{
    const auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
    return promise->future();
}

QString fileFilter()
{
    return PresetBar::tr("Training options (*.json)");
}

QString homeFolder()
{
    return QDir::homePath();
}

} // namespace

RunOptions presetApplied(const Preset& preset, const RunOptions& options)
{
    RunOptions applied = withPreset(preset, options);
    applied.training.seed = options.training.seed;
    applied.training.device = options.training.device;
    applied.training.threads = options.training.threads;
    return applied;
}

PresetBar::PresetBar(QWidget* parent)
    : QWidget(parent)
    , m_presets(new QComboBox(this))
    , m_explanation(new NoteLabel({}, this))
    , m_back(new QPushButton(this))
    , m_load(new QPushButton(tr("Load…"), this))
    , m_save(new QPushButton(tr("Save…"), this))
    , m_note(new NoteLabel({}, this))
    , m_error(new ErrorLabel(this))
{
    m_presets->setObjectName(QStringLiteral("preset"));
    m_presets->setAccessibleName(tr("Preset"));
    m_presets->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const Preset& preset : presets()) {
        m_presets->addItem(preset.title, preset.name);
        m_presets->setItemData(m_presets->count() - 1, wrappedTip(preset.explanation), Qt::ToolTipRole);
    }
    m_presets->addItem(tr("Own options"), QString());
    m_explanation->setObjectName(QStringLiteral("presetExplanation"));
    m_back->setObjectName(QStringLiteral("presetBack"));
    m_load->setObjectName(QStringLiteral("loadOptions"));
    m_load->setToolTip(wrappedTip(tr("Takes all options from a file, which can be dropped here too: one that "
                                     "was saved here, or one of digitpad-cli.")));
    m_save->setObjectName(QStringLiteral("saveOptions"));
    m_save->setToolTip(wrappedTip(
        tr("Saves all options as a file, for another time or for “digitpad-cli train --options FILE”.")));
    m_note->setObjectName(QStringLiteral("optionsNote"));
    layOut();
    connect(m_presets, &QComboBox::activated, this, &PresetBar::onActivated);
    connect(m_back, &QPushButton::clicked, this, [this] { Q_EMIT presetChosen(m_before); });
    connect(m_load, &QPushButton::clicked, this, &PresetBar::openLoadDialog);
    connect(m_save, &QPushButton::clicked, this, &PresetBar::openSaveDialog);
    setLocked({});
    say({}, {});
}

void PresetBar::layOut()
{
    auto* label = new QLabel(tr("&Preset"), this);
    label->setBuddy(m_presets);
    auto* choice = new QHBoxLayout;
    choice->addWidget(label);
    choice->addWidget(m_presets, 1);
    auto* files = new QHBoxLayout;
    files->addWidget(m_load);
    files->addWidget(m_save);
    files->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 0, 0, 4);
    layout->addLayout(choice);
    layout->addWidget(m_explanation);
    layout->addWidget(m_back, 0, Qt::AlignLeft);
    layout->addLayout(files);
    layout->addWidget(m_note);
    layout->addWidget(m_error);
}

void PresetBar::follow(const RunOptions& options)
{
    m_name.clear();
    for (const Preset& preset : presets()) {
        if (presetApplied(preset, options) == options) {
            m_name = preset.name;
            m_before = m_name;
            break;
        }
    }
    showNames();
}

void PresetBar::showNames()
{
    const Preset* now = findPreset(m_name);
    const Preset* before = findPreset(m_before);
    selectData(m_presets, m_name);
    m_explanation->setText(now != nullptr ? now->explanation
                                          : tr("Options of your own, made from what is below."));
    m_back->setVisible(now == nullptr && before != nullptr);
    if (before != nullptr) {
        m_back->setText(tr("Back to “%1”").arg(before->title));
        m_back->setToolTip(tr("Gives every option the preset’s value again."));
    }
}

void PresetBar::onActivated(int index)
{
    const QString name = m_presets->itemData(index).toString();
    if (name.isEmpty()) {
        showNames(); // Own options begin with a change; choosing them changes nothing.
        return;
    }
    Q_EMIT presetChosen(name);
}

void PresetBar::setLocked(const QString& reason)
{
    for (QWidget* widget :
         {static_cast<QWidget*>(m_presets), static_cast<QWidget*>(m_back), static_cast<QWidget*>(m_load)}) {
        widget->setEnabled(reason.isEmpty());
    }
    const QString help = tr("Options that go well together. Choose one and press Start, or change what you "
                            "like. The data, the seed and the device stay as they are.");
    m_presets->setToolTip(wrappedTip(reason.isEmpty() ? help : reason + QStringLiteral("\n\n") + help));
}

void PresetBar::say(const QString& good, const QString& bad)
{
    m_note->setText(good);
    m_note->setVisible(!good.isEmpty());
    m_error->setText(bad);
}

void PresetBar::openLoadDialog()
{
    auto* dialog = new QFileDialog(this, tr("Load training options"), homeFolder(), fileFilter());
    dialog->setObjectName(QStringLiteral("loadOptionsDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &PresetBar::load);
    dialog->open();
}

void PresetBar::openSaveDialog()
{
    auto* dialog = new QFileDialog(this, tr("Save training options"), homeFolder(), fileFilter());
    dialog->setObjectName(QStringLiteral("saveOptionsDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, &PresetBar::saveRequested);
    dialog->open();
}

void PresetBar::load(const QString& path)
{
    inPool<Result<ReadOptions>>([path] {
        return readOptionsFile(path);
    }).then(this, [this, path](const Result<ReadOptions>& read) { onRead(path, read); });
}

void PresetBar::onRead(const QString& path, const Result<ReadOptions>& read)
{
    if (!read) {
        say({}, QString::fromStdString(read.error().message));
        return;
    }
    if (!m_load->isEnabled()) {
        return; // A run has begun meanwhile.
    }
    Q_EMIT optionsRead(read->options);
    const QString done = tr("The options of “%1” are shown.").arg(QFileInfo(path).fileName());
    say(QStringList({done, read->warnings.join(u'\n')}).join(u'\n').trimmed(), {});
}

void PresetBar::save(const QString& path, const RunOptions& options)
{
    inPool<Result<void>>([path, options] {
        return writeOptionsFile(path, options);
    }).then(this, [this, path](const Result<void>& saved) {
        const bool ok = saved.ok();
        say(ok ? tr("The options are saved as “%1”.").arg(QDir::toNativeSeparators(path)) : QString(),
            ok ? QString() : QString::fromStdString(saved.error().message));
    });
}

} // namespace digitpad
