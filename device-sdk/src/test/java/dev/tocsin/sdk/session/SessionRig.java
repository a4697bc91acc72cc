package dev.tocsin.sdk.session;

import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.testkit.MemoryStorage;
import dev.tocsin.sdk.testkit.MemoryStorage.Unsynced;
import dev.tocsin.sdk.testkit.ScriptedCentre;
import dev.tocsin.sdk.testkit.ScriptedNetwork;
import dev.tocsin.sdk.testkit.ScriptedNetwork.Sent;
import dev.tocsin.sdk.testkit.ScriptedTransport;
import dev.tocsin.sdk.testkit.SeededEntropy;
import dev.tocsin.sdk.testkit.TestAlarms;
import dev.tocsin.sdk.testkit.TestKeys;
import dev.tocsin.sdk.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A device with two centres, police and education, in virtual time. */
final class SessionRig implements SessionListener {

    static final String POLICE = "coaps://police";
    static final String EDUCATION = "coaps://education";
    static final String BACKUP = "coaps://police-backup";

    final VirtualTime time = new VirtualTime();
    final SeededEntropy dice;
    final ScriptedNetwork network;
    final ScriptedCentre police = new ScriptedCentre("police", time);
    final ScriptedCentre education = new ScriptedCentre("education", time);
    final List<Indication> indications = new ArrayList<>();
    final List<String> remarks = new ArrayList<>();
    final Map<AlarmId, AlarmStatus> statuses = new LinkedHashMap<>();
    Settings settings;
    VirtualTime.Life life = time.life();
    MemoryStorage storage = new MemoryStorage(life);
    ScriptedTransport transport;
    Session session;
    boolean armed;

    SessionRig(long seed) {
        dice = new SeededEntropy(seed);
        network = new ScriptedNetwork(time, new SeededEntropy(seed + 1));
        network.at(POLICE, police);
        network.at(EDUCATION, education);
        settings = settings(List.of(POLICE), Duration.ofSeconds(60), Limits.DEFAULT);
        transport = network.connect(life);
        session = new Session(settings, ports(), this);
    }

    SessionRig() {
        this(1);
    }

    Settings settings(List<String> policeAddresses, Duration heartbeat, Limits limits) {
        return new Settings(
                "school-007/button-3",
                TestAlarms.PLACE,
                List.of(),
                List.of(
                        CentreLink.ofAllKinds("police", policeAddresses, List.of(police.verifier()), false),
                        CentreLink.ofAllKinds("education", List.of(EDUCATION), List.of(education.verifier()), true)),
                heartbeat,
                limits,
                "tocsin test");
    }

    private Session.Ports ports() {
        return new Session.Ports(time, life, transport, storage, TestKeys.signer("school-007/button-3"), dice);
    }

    /** Other settings, before the first boot. */
    SessionRig with(Settings other) {
        settings = other;
        session = new Session(settings, ports(), this);
        return this;
    }

    /** Police have a backup address. */
    SessionRig withBackup() {
        network.at(BACKUP, police);
        return with(settings(List.of(POLICE, BACKUP), Duration.ofSeconds(60), Limits.DEFAULT));
    }

    @Override
    public void armed() {
        armed = true;
    }

    @Override
    public void alarmChanged(AlarmStatus status) {
        statuses.put(status.alarm().id(), status);
    }

    @Override
    public void indicationChanged(Indication indication) {
        indications.add(indication);
    }

    @Override
    public void remark(String sentence) {
        remarks.add(sentence);
    }

    SessionRig start() {
        session.start();
        return this;
    }

    /** Started, armed, and heard of by both centres. */
    SessionRig ready() {
        start();
        pass(Duration.ofSeconds(3));
        return this;
    }

    void pass(Duration duration) {
        time.advance(duration);
    }

    void passMs(long ms) {
        pass(Duration.ofMillis(ms));
    }

    StageTimes now() {
        return new StageTimes(time.nanoTime(), time.nanoTime());
    }

    /** Presses the panic button. The alarm, once it is raised. */
    Alarm press() {
        List<AlarmStatus> raised = new ArrayList<>();
        session.press(now(), raised::add);
        return raised.getFirst().alarm();
    }

    Alarm raise(AlarmKind kind) {
        return raise(AlarmRequest.live(kind, now()));
    }

    Alarm raise(AlarmRequest request) {
        List<AlarmStatus> raised = new ArrayList<>();
        session.raise(request, raised::add);
        return raised.getFirst().alarm();
    }

    AlarmStatus status(Alarm alarm) {
        return Objects.requireNonNull(statuses.get(alarm.id()), "no such alarm");
    }

    Delivery delivery(Alarm alarm, String centre) {
        return Objects.requireNonNull(status(alarm).deliveries().get(centre), "not on its route");
    }

    Delivery.State state(Alarm alarm, String centre) {
        return delivery(alarm, centre).state();
    }

    Indication lamp() {
        return session.indication();
    }

    /** Cuts the power, and puts it back: another session on what is left. Not started yet. */
    SessionRig reboot(Unsynced how) {
        life.end();
        life = time.life();
        storage = storage.afterPowerCut(how, dice, life);
        transport = network.connect(life);
        armed = false;
        indications.clear();
        session = new Session(settings, ports(), this);
        return this;
    }

    /** Datagrams with alarms to an address. */
    List<Sent> alarms(String address) {
        return network.sent(address, "alarm");
    }

    /** Datagrams with that alarm to an address. */
    List<Sent> alarms(String address, Alarm alarm) {
        Bytes envelope = status(alarm).envelope();
        return alarms(address).stream()
                .filter(s -> s.post().payload().equals(envelope))
                .toList();
    }

    AlarmRequest request(AlarmKind kind, Mode mode) {
        AlarmRequest live = AlarmRequest.live(kind, now());
        return new AlarmRequest(kind, live.state(), mode, live.stages(), live.about(), "");
    }
}
