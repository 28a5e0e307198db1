#pragma once

#include "core/learning/recognizer.h"

#include <QObject>
#include <QString>

#include <memory>

namespace digitpad {

/// The model that has learned the person's hand: kept in the application's data folder together with the
/// model that it was learned from, used again after a restart where it was in use, and given up with one
/// call. It is always learned from that first model and from all drawings, so that learning often adds
/// nothing up.
class HandModel : public QObject
{
    Q_OBJECT

public:
    /// The application's data folder.
    static QString defaultFolder();
    /// What the recogniser calls it.
    static QString displayName();

    /// `recognizer` outlives this.
    explicit HandModel(Recognizer* recognizer, QString folder = defaultFolder(), QObject* parent = nullptr);
    /// Waits for a save in progress.
    ~HandModel() override;

    /// Has the recogniser begin with the model of the hand where that was in use last. Before the
    /// recogniser's start(), with the signals connected.
    void restore();
    [[nodiscard]] bool inUse() const;

    /// What a learning begins with: the model in use, or the one that the hand's was learned from.
    struct Start
    {
        std::shared_ptr<const Model> model; ///< Null where it is in the file `path`.
        QString path;
        QString name;
    };
    [[nodiscard]] Start learningStart() const;

    /// Takes the place of the model in use and is saved as “my-hand.pt”.
    void use(const std::shared_ptr<const Model>& model);
    /// The model that was in use before or, after a restart, the one that the hand's was learned from. Only
    /// where inUse().
    void goBack();

Q_SIGNALS:
    /// inUse() is another.
    void inUseChanged(bool inUse);
    /// One sentence for the person: a file is missing, or could not be saved.
    void failed(const QString& message);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace digitpad
