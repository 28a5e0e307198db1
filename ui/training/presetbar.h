#pragma once

#include "core/learning/runoptions.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace digitpad {

class ErrorLabel;

/// Ready-made options to begin with, and options as files.
class PresetBar : public QWidget
{
    Q_OBJECT

public:
    explicit PresetBar(QWidget* parent = nullptr);

    /// Shows which preset the options are; the one they were before is offered as a way back.
    void follow(const RunOptions& options);
    /// Empty where the options are nobody's preset.
    [[nodiscard]] QString presetName() const { return m_name; }
    void setLocked(const QString& reason);

    /// Reads and writes on a thread of the pool. optionsRead() follows where there are some; what is wrong is
    /// said here.
    void load(const QString& path);
    void save(const QString& path, const RunOptions& options);

Q_SIGNALS:
    /// `options` keep what a preset leaves alone.
    void presetChosen(const QString& name);
    void optionsRead(const digitpad::RunOptions& options);
    void saveRequested(const QString& path);

private:
    void layOut();
    void onActivated(int index);
    void onRead(const QString& path, const Result<ReadOptions>& read);
    void openLoadDialog();
    void openSaveDialog();
    void showNames();
    void say(const QString& good, const QString& bad);

    QComboBox* m_presets;
    QLabel* m_explanation;
    QPushButton* m_back;
    QPushButton* m_load;
    QPushButton* m_save;
    QLabel* m_note;
    ErrorLabel* m_error;
    QString m_name;
    QString m_before; ///< The preset that the options were last.
};

/// `options` with the preset, and with what nobody wants to lose to one: seed, device and threads.
RunOptions presetApplied(const Preset& preset, const RunOptions& options);

} // namespace digitpad
